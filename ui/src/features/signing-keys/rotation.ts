/** How a rotation reads: its five steps, and why something can't be done yet. */
import type { StepperStep } from '$components/types';
import type { Recipient, Rotation, RotationStep, Share, SigningKey } from '$lib/api';
import { utcDay } from '$lib/format';
import { t } from '$lib/i18n';
import { said } from '$lib/messages';
import { RECIPIENTS } from './outlook';

/** The five steps that a person sees; the last one is `end` until the old key has ended. */
export const STEPS = ['generate', 'attach', 'send', 'confirm', 'end'] as const;
export type Step = (typeof STEPS)[number];

const SEEN: Record<RotationStep, Step> = {
  generate: 'generate',
  'sign-with-both': 'attach',
  'send-public-key': 'send',
  confirm: 'confirm',
  'end-old-key': 'end',
  ending: 'end',
  done: 'end',
};

/** Which of the five steps is the one to be done now. */
export function stepOf(rotation: Rotation): Step {
  return SEEN[rotation.step];
}

/** The steps with what is known of each, the present one marked. */
export function rotationSteps(rotation: Rotation): StepperStep[] {
  const at = STEPS.indexOf(stepOf(rotation));
  return STEPS.map((step, i) => ({
    name: t.rotation.steps[step],
    note: note(step, rotation),
    outcome: i < at || rotation.step === 'done' ? 'done' : i === at ? 'at' : 'todo',
  }));
}

function note(step: Step, { old, successor, configs, end, step: now }: Rotation): string {
  const words = t.rotation.notes;
  switch (step) {
    case 'generate':
      return successor === null ? '' : words.generated(successor.key_version, utcDay(successor.created_at));
    case 'attach': {
      const done = configs.filter((config) => config.attached).length;
      if (successor?.introduced_at == null || done < configs.length)
        return configs.length === 0 ? '' : words.attachedTo(done, configs.length);
      // The configs counted are those that name the old key: once it has ended, none does.
      return configs.length === 0
        ? utcDay(successor.introduced_at)
        : words.attached(utcDay(successor.introduced_at), configs.length);
    }
    case 'send':
      return successor === null ? '' : sent(successor);
    case 'confirm':
      return successor === null || RECIPIENTS.every((to) => successor[to].state === 'not-sent')
        ? ''
        : RECIPIENTS.map((to) => confirmation(to, successor[to])).join(words.between);
    case 'end':
      if (now === 'done') return words.ended(utcDay(old.retired_at ?? old.revoked_at ?? ''));
      if (old.ends_at !== null) return words.endsOn(utcDay(old.ends_at));
      return end.earliest === null ? '' : words.notBefore(utcDay(end.earliest));
  }
}

function sent(successor: SigningKey): string {
  const out = RECIPIENTS.filter((to) => successor[to].state !== 'not-sent');
  const [first] = out;
  if (first === undefined) return '';
  if (out.length < RECIPIENTS.length) return t.rotation.notes.sentTo(t.keyLife.recipients[first]);
  const last = RECIPIENTS.map((to) => successor[to]).sort((a, b) =>
    (b.at ?? '').localeCompare(a.at ?? ''),
  )[0];
  return t.rotation.notes.sent(utcDay(last?.at ?? ''), last?.by ?? '');
}

function confirmation(to: Recipient, { state, at }: Share): string {
  const who = t.keyLife.recipients[to];
  return state === 'confirmed' && at !== null
    ? t.rotation.notes.confirmed(who, utcDay(at))
    : t.rotation.notes.open(who);
}

/**
 * Why Google and Apple may not be sent a key, as the daemon says; undefined when they may. Never the other way round: a
 * phone that gets the key early must already find its signature in every new file.
 */
export function sendBlocked({ not_to_send: block }: SigningKey): string | undefined {
  return block ? said(block, block.reason).text : undefined;
}

/** What the keys of a config read when the old one's end is set: `310 v2, 310 v1 until 5 Dec`. */
export function keysUntil(keys: readonly string[], oldName: string, day: string): string {
  return keys.map((name) => (name === oldName ? t.rotation.end.untilDay(name, day) : name)).join(', ');
}
