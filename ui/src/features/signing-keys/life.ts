/** The stages of a key's life, with when each was reached and by whom. */
import type { StepperStep } from '$components/types';
import type { KeyEvent, KeyEventKind, KeyState, SigningKey } from '$lib/api';
import { utcDate } from '$lib/format';
import { t } from '$lib/i18n';

const STAGES = ['generated', 'introduced', 'active', 'retiring', 'retired'] as const;
type Stage = (typeof STAGES)[number];

interface Reached {
  at: string;
  by: string;
}

const EVENTS: Record<Stage, KeyEventKind> = {
  generated: 'generated',
  introduced: 'introduced',
  active: 'activated',
  retiring: 'end-set',
  retired: 'retired',
};

/** The last event of a kind; what the key itself says has the last word on when. */
function reached(stage: Stage, key: SigningKey, history: readonly KeyEvent[]): Reached | undefined {
  const event = history.findLast((one) => one.kind === EVENTS[stage]);
  switch (stage) {
    case 'generated':
      return { at: key.created_at, by: key.created_by };
    case 'introduced':
      return key.introduced_at === null ? undefined : { at: key.introduced_at, by: event?.by ?? '' };
    case 'active': {
      const { google, apple } = key;
      if (google.state !== 'confirmed' || apple.state !== 'confirmed') return undefined;
      const last = (google.at ?? '') > (apple.at ?? '') ? google : apple;
      return { at: event?.at ?? last.at ?? '', by: event?.by ?? last.by ?? '' };
    }
    case 'retiring':
      return key.ends_at === null ? undefined : { at: event?.at ?? '', by: event?.by ?? '' };
    case 'retired':
      return key.retired_at === null ? undefined : { at: key.retired_at, by: event?.by ?? '' };
  }
}

const says = ({ at, by }: Reached) => (at === '' ? '' : t.keyLife.life.stage(utcDate(at), by));

/** Lists the stages, the present one marked; of a revoked key those that it reached, and its revocation. */
export function lifeSteps(key: SigningKey, history: readonly KeyEvent[]): StepperStep[] {
  const present: KeyState = key.state;
  const steps = STAGES.map((stage): StepperStep & { reached: boolean } => {
    const was = reached(stage, key, history);
    const passed = was !== undefined && stage !== present;
    const note =
      was !== undefined
        ? says(was)
        : stage === 'retired' && key.ends_at !== null
          ? t.keyLife.life.endsOn(utcDate(key.ends_at))
          : t.keyLife.life.waits[stage];
    return {
      name: t.keyLife.stages[stage],
      note,
      outcome: stage === present ? (stage === 'retired' ? 'done' : 'at') : passed ? 'done' : 'todo',
      reached: was !== undefined,
    };
  });
  if (present !== 'revoked') return steps;
  const event = history.findLast((one) => one.kind === 'revoked');
  const revoked = { at: key.revoked_at ?? '', by: event?.by ?? '' };
  return [
    ...steps.filter((step) => step.reached),
    { name: t.keyLife.stages.revoked, note: says(revoked), outcome: 'bad' },
  ];
}
