import type {
  CommandError,
  ConfigPreview,
  ExportConfig,
  ExportConfigDraft,
  FieldProblem,
  SigningKey,
  StorageTarget,
} from '$lib/api';
import type { Commands } from '$lib/commands';
import { asCommandError } from '$lib/failure';
import { canSign } from '$lib/key-life';
import { mergeOver, type Merge } from './changes';
import { firstRefused, placeOf, placeProblems, type PlacedProblems } from './field-problems';
import { FIELDS, formOf, newForm, readForm, suggestedPrefix, type ConfigForm, type Field } from './form';
import { windowStart } from './periods';
import { toUtcText } from '$lib/utc-text';

/** The commands that the form needs. */
export type EditorCommands = Pick<
  Commands,
  'previewExportConfig' | 'createExportConfig' | 'updateExportConfig' | 'getExportConfig'
>;

/** How long the form is left alone before the daemon is asked, in milliseconds. */
export const PREVIEW_DELAY = 300;

/** Words for a text that can't be read, from the text table. */
export type Explain = (why: 'number' | 'time') => { reason: string; allowed: string };

/** Somebody saved the config while it was being edited. */
export interface Conflict {
  theirs: ExportConfig;
  merge: Merge;
}

/** The most signing keys a config takes. */
const MAX_KEYS = 10;
/** Why a change is refused that began from a version which is no longer the newest. */
export const CHANGED_MEANWHILE = 'urn:tekport:problem:changed-meanwhile';

/** The work on one config's form: what is typed, what the daemon says of it, and the way to saving it. */
export class ConfigEditor {
  form: ConfigForm = $state(newForm(0));
  /** The version that the edit began from; `null` for a new config. */
  base: ExportConfig | null = $state.raw(null);
  step: 'edit' | 'review' = $state('edit');
  /** What the daemon said of the form as it stands or stood a moment ago. */
  preview: ConfigPreview | null = $state.raw(null);
  /** Why the daemon could not be asked. */
  previewFailure: CommandError | null = $state.raw(null);
  checking: boolean = $state(false);
  saving: boolean = $state(false);
  saveFailure: CommandError | null = $state.raw(null);
  conflict: Conflict | null = $state.raw(null);
  /** Only fields that were worked on show their problems, until a review is asked for. */
  #shown: readonly Field[] = $state.raw([]);
  #problems: FieldProblem[] = $state.raw([]);
  #unreadable: PlacedProblems['at'] = $state.raw({});
  /** Fields that were changed since the daemon last answered. */
  #stale: Field[] = [];
  #startTouched = false;
  #prefixTouched = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Counts the questions asked, so that an answer that was overtaken is dropped. */
  #asked = 0;

  readonly #commands: EditorCommands;
  readonly #explain: Explain;
  readonly #now: () => number;
  /** The form as it was first shown, to tell whether anything was typed. */
  #pristine: string;

  /** Begins from a config that exists, or a new one; either may begin from a form that was filled in before. */
  constructor(
    commands: EditorCommands,
    explain: Explain,
    now: () => number,
    config: ExportConfig | null,
    start: ConfigForm | null = null,
  ) {
    this.#commands = commands;
    this.#explain = explain;
    this.#now = now;
    this.base = config;
    this.form = config === null ? newForm(now()) : formOf(config.fields);
    this.#pristine = JSON.stringify(this.form);
    this.#startTouched = config !== null;
    this.#prefixTouched = config !== null;
    if (start !== null) this.#takeUp(start);
  }

  /** The problems to show now, each at its field. */
  get placed(): PlacedProblems {
    const { at, elsewhere } = this.all;
    const shown = Object.entries(at).filter(([field]) => this.#shown.some((one) => one === field));
    return { at: Object.fromEntries(shown), elsewhere };
  }

  /** Every problem, whether its field was worked on or not. */
  get all(): PlacedProblems {
    const placed = placeProblems(this.#problems);
    return { ...placed, at: { ...placed.at, ...this.#unreadable } };
  }

  /** The draft as the form stands; `null` while a text in it can't be read. */
  get draft(): ExportConfigDraft | null {
    const read = readForm(this.form);
    return 'draft' in read ? read.draft : null;
  }

  /** Whether something was changed since the edit began. */
  get changed(): boolean {
    return JSON.stringify(this.form) !== this.#pristine;
  }

  /** Takes a change of one field and asks the daemon about it soon. */
  set<F extends keyof ConfigForm>(field: F, value: ConfigForm[F]): void {
    if (this.form[field] === value) return;
    this.form[field] = value;
    const place: Field = field === 'policy' ? 'smallBatch' : (field as Exclude<F, 'policy'>);
    this.#stale.push(place);
    if (value !== '') this.touch(place);
    if (field === 'validFrom') this.#startTouched = true;
    if (field === 'pathPrefix') this.#prefixTouched = true;
    if (field === 'outputRegion' && !this.#prefixTouched)
      this.form.pathPrefix = suggestedPrefix(this.form.outputRegion);
    if (field === 'periodMinutes' && !this.#startTouched)
      this.form.validFrom = toUtcText(windowStart(this.#now(), this.form.periodMinutes));
    this.checkSoon();
  }

  /** From now on the field shows its problems: it was left, or something was typed in it that is wrong. */
  touch(field: Field): void {
    if (!this.#shown.includes(field)) this.#shown = [...this.#shown, field];
  }

  /**
   * Chooses what leaves no choice in a new form: the only storage target, and the keys that can sign where all have
   * one key id. Does nothing where somebody chose already.
   */
  offer(targets: readonly StorageTarget[], keys: readonly SigningKey[]): void {
    if (this.base !== null) return;
    const untouched = !this.changed;
    const [only, ...others] = targets;
    if (this.form.storageTarget === '' && only !== undefined && others.length === 0)
      this.form.storageTarget = only.name;
    const able = keys.filter(canSign).slice(0, MAX_KEYS);
    if (
      this.form.signingKeyIds.length === 0 &&
      able.length > 0 &&
      able.every((key) => key.key_id === able[0]?.key_id)
    )
      this.form.signingKeyIds = able.map((key) => key.id);
    if (untouched) this.#pristine = JSON.stringify(this.form);
  }

  /** Asks the daemon once the form has been left alone for {@link PREVIEW_DELAY}. */
  checkSoon(): void {
    clearTimeout(this.#timer);
    this.checking = true;
    this.#timer = setTimeout(() => void this.check(), PREVIEW_DELAY);
  }

  /** Asks the daemon about the form as it stands. */
  async check(): Promise<void> {
    clearTimeout(this.#timer);
    const question = ++this.#asked;
    const read = this.#readTexts();
    if (read === null) {
      // What the daemon said of these fields was about other values.
      this.#problems = this.#problems.filter(
        ({ field }) => !this.#stale.some((one) => one === placeOf(field)),
      );
      this.checking = false;
      return;
    }
    this.checking = true;
    try {
      const preview = await this.#commands.previewExportConfig(read, this.base?.id ?? null);
      if (question !== this.#asked) return;
      this.preview = preview;
      this.#problems = preview.problems;
      this.#stale = [];
      this.previewFailure = null;
    } catch (thrown) {
      if (question !== this.#asked) return;
      this.previewFailure = asCommandError(thrown);
    }
    this.checking = false;
  }

  /** Asks the daemon about some fields, which show their problems from now on; returns the first refused of them. */
  async settle(fields: readonly Field[]): Promise<Field | null> {
    for (const field of fields) this.touch(field);
    await this.check();
    return fields.find((field) => this.all.at[field] !== undefined) ?? null;
  }

  /** Goes to the review when the daemon refuses nothing; otherwise returns the field to go to. */
  async review(): Promise<Field | null> {
    this.#shown = FIELDS;
    this.saveFailure = null;
    await this.check();
    const refused = firstRefused(this.all);
    if (refused === null && this.all.elsewhere.length === 0 && this.previewFailure === null)
      this.step = 'review';
    return refused;
  }

  /** Goes back from the review to the form. */
  back(): void {
    this.step = 'edit';
    this.saveFailure = null;
  }

  /** Saves; returns the config as the daemon keeps it, or `null` when it was refused. */
  async save(): Promise<ExportConfig | null> {
    const draft = this.draft;
    if (this.saving || draft === null) return null;
    this.saving = true;
    this.saveFailure = null;
    try {
      return this.base === null
        ? await this.#commands.createExportConfig(draft)
        : await this.#commands.updateExportConfig(this.base.id, this.base.revision, draft);
    } catch (thrown) {
      await this.#refused(asCommandError(thrown), draft);
      return null;
    } finally {
      this.saving = false;
    }
  }

  /** Sets the newest version beside the form, where that was begun from an older one. */
  meet(theirs: ExportConfig): void {
    const { base, draft } = this;
    // A text that can't be read has no place in a merge; saving finds out about the other version later.
    if (base === null || draft === null || theirs.revision === base.revision) return;
    this.#clash(base, draft, theirs);
  }

  /** Puts their version in the form and drops mine. */
  takeTheirs(): void {
    if (this.conflict === null) return;
    this.#startFrom(this.conflict.theirs, this.conflict.theirs.fields);
  }

  /** Puts my changes on top of their version; the review shows what would change. */
  carryOver(): void {
    if (this.conflict === null) return;
    this.#startFrom(this.conflict.theirs, this.conflict.merge.merged);
  }

  /** Stops asking: the page is left. */
  close(): void {
    clearTimeout(this.#timer);
    this.#asked++;
  }

  #takeUp(form: ConfigForm): void {
    this.form = structuredClone(form);
    if (this.base !== null) return;
    this.#startTouched = form.validFrom !== toUtcText(windowStart(this.#now(), form.periodMinutes));
    this.#prefixTouched = form.pathPrefix !== suggestedPrefix(form.outputRegion);
  }

  #startFrom(base: ExportConfig, fields: ExportConfigDraft): void {
    this.base = base;
    this.form = formOf(fields);
    this.#pristine = JSON.stringify(formOf(base.fields));
    this.conflict = null;
    this.step = 'edit';
    void this.check();
  }

  #clash(base: ExportConfig, mine: ExportConfigDraft, theirs: ExportConfig): void {
    this.conflict = { theirs, merge: mergeOver(base.fields, mine, theirs.fields) };
  }

  async #refused(error: CommandError, draft: ExportConfigDraft): Promise<void> {
    const { base } = this;
    if (base !== null && error.problem?.type === CHANGED_MEANWHILE) {
      try {
        this.#clash(base, draft, await this.#commands.getExportConfig(base.id));
        return;
      } catch (thrown) {
        this.saveFailure = asCommandError(thrown);
        return;
      }
    }
    this.saveFailure = error;
    const refused = error.problem?.errors ?? [];
    if (refused.length > 0) {
      this.#problems = refused;
      this.step = 'edit';
    }
  }

  #readTexts(): ExportConfigDraft | null {
    const read = readForm(this.form);
    const unreadable: PlacedProblems['at'] = {};
    for (const { field, why } of 'unreadable' in read ? read.unreadable : [])
      unreadable[field] = [{ field, ...this.#explain(why) }];
    this.#unreadable = unreadable;
    return 'draft' in read ? read.draft : null;
  }
}
