/** The rotation of 310 v1 at each of its steps, as the variant has it. */
import type {
  EndCheck,
  InKeychain,
  Rotation,
  RotationStep,
  SigningKey,
  SigningKeyView,
} from '../../src/lib/api';
import { old, share, signingKeys, successor } from './keys';
import { at, id } from './time';
import { variantNow, type Variant } from './variant';

interface Stage {
  step: RotationStep;
  old?: Partial<SigningKey>;
  /** `null` before there is one. */
  successor: Partial<SigningKey> | null;
  in_keychain?: InKeychain;
  end: EndCheck;
}

const REGIONS = [
  { config_id: id(101), output_region: 'MAG' },
  { config_id: id(102), output_region: 'US-WA' },
  { config_id: id(103), output_region: 'EU' },
];
/** What signs in a config beside the keys of the rotation. */
const besides = ({ output_region }: { output_region: string }) => (output_region === 'MAG' ? ['204 v2'] : []);
const FILES_GONE = at(4 * 24 + 5.2);

const alone: EndCheck = {
  earliest: null,
  blockers: REGIONS.map((region) => ({ kind: 'only-live-signer', ...region })),
};
const unconfirmed = (missing: ('google' | 'apple')[]): EndCheck => ({
  earliest: null,
  blockers: REGIONS.flatMap((region) => [
    { kind: 'successor-not-confirmed' as const, ...region, successor: '310 v2', missing },
    ...(region.output_region === 'EU'
      ? []
      : [{ kind: 'files-signed-alone' as const, ...region, files: 12, until: FILES_GONE }]),
  ]),
});
const files: EndCheck = {
  earliest: FILES_GONE,
  blockers: [
    { kind: 'files-signed-alone', config_id: id(101), output_region: 'MAG', files: 6, until: at(3 * 24) },
    { kind: 'files-signed-alone', config_id: id(102), output_region: 'US-WA', files: 4, until: FILES_GONE },
  ],
};

const unsent = { google: share('not-sent'), apple: share('not-sent') };
const unattached: Partial<SigningKey> = {
  ...unsent,
  state: 'generated',
  introduced_at: null,
  rotation_due_at: null,
  config_ids: [],
  created_at: at(-2),
  provisioned_at: at(-2),
  not_to_send: {
    reason: '310 v2 doesn’t sign yet; attach it to the export configs first',
    code: 'not_to_send.does-not-sign',
    params: { key: '310 v2' },
    may_be_exported: false,
  },
};
const confirmed = { state: 'active' as const, google: share('confirmed', 5), apple: share('confirmed', 1) };

const STAGES: Partial<Record<Variant, Stage>> = {
  'rotation-generate': { step: 'generate', successor: null, end: alone },
  'rotation-elsewhere': {
    step: 'generate',
    successor: { ...unattached, provisioned_at: null },
    in_keychain: 'elsewhere',
    end: alone,
  },
  'rotation-attach': { step: 'sign-with-both', successor: unattached, end: alone },
  'rotation-send': {
    step: 'send-public-key',
    successor: { ...unsent, introduced_at: at(-1) },
    end: unconfirmed(['google', 'apple']),
  },
  'rotation-end': { step: 'end-old-key', successor: confirmed, end: files },
  'rotation-ending': {
    step: 'ending',
    old: { state: 'retiring', ends_at: at(12 * 24 + 5.2), rotation_due_at: null },
    successor: confirmed,
    end: { earliest: at(0), blockers: [] },
  },
  'rotation-done': {
    step: 'done',
    old: { state: 'retired', ends_at: at(-1), retired_at: at(-1), rotation_due_at: null, config_ids: [] },
    successor: confirmed,
    end: { earliest: null, blockers: [{ kind: 'not-signing' }] },
  },
  revoked: {
    step: 'send-public-key',
    old: {
      state: 'revoked',
      revoked_at: at(-0.5),
      rotation_due_at: null,
      provisioned_at: null,
      config_ids: [],
    },
    successor: { ...unsent, introduced_at: at(-0.2), created_at: at(-0.3) },
    end: { earliest: null, blockers: [{ kind: 'not-signing' }] },
  },
};
const WAITS_FOR_APPLE: Stage = { step: 'confirm', successor: {}, end: unconfirmed(['apple']) };

const stage = () => STAGES[variantNow()] ?? WAITS_FOR_APPLE;

/** The list of keys as the variant has it. */
export function keysNow(): SigningKeyView[] {
  const { old: changed, successor: next, in_keychain } = stage();
  return signingKeys
    .filter(({ key }) => key.id !== successor.id || next !== null)
    .map((view) => {
      if (view.key.id === old.id) return { ...view, key: { ...old, ...changed } };
      if (view.key.id !== successor.id) return view;
      return { key: { ...successor, ...next }, in_keychain: in_keychain ?? view.in_keychain };
    });
}

/** The rotation of a key; others than 310 v1 have none yet. */
export function rotationOf(key: SigningKey): Rotation {
  if (key.id !== old.id) {
    return {
      old: key,
      successor: keysNow().find((view) => view.key.predecessor_id === key.id)?.key ?? null,
      suggested_version: 'v4',
      step: key.state === 'retiring' ? 'ending' : 'generate',
      configs: [],
      end: alone,
    };
  }
  const { step, successor: next, end } = stage();
  const attached = step !== 'generate' && step !== 'sign-with-both';
  const both = ['310 v2', '310 v1'];
  return {
    old: key,
    successor: next === null ? null : { ...successor, ...next },
    suggested_version: next === null ? 'v2' : 'v3',
    step,
    configs:
      key.state === 'retired' || key.state === 'revoked'
        ? []
        : REGIONS.map((region, i) => ({
            ...region,
            revision: 2 + i,
            before: [...(attached ? both : ['310 v1']), ...besides(region)],
            after: [...both, ...besides(region)],
            attached,
            ended: false,
          })),
    end,
  };
}

/** Whether a key may end: as its rotation says. */
export function endOf(key: SigningKey): EndCheck {
  if (key.id === old.id) return stage().end;
  if (key.state === 'retiring') return { earliest: at(0), blockers: [] };
  if (key.state !== 'introduced' && key.state !== 'active')
    return { earliest: null, blockers: [{ kind: 'not-signing' }] };
  return { earliest: null, blockers: [{ kind: 'only-live-signer', ...REGIONS[0]! }] };
}
