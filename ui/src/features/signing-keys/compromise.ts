/** The way out when a key is compromised: what is done and what is to be done, read off what the daemon has. */
import type { AffectedConfig, RegeneratedFiles, RevocationImpact, Rotation, SigningKey } from '$lib/api';
import { t } from '$lib/i18n';
import { canSign, isLive } from '$lib/key-life';

export const CHECKS = ['revoke', 'tell', 'generate', 'attach', 'regenerate', 'send'] as const;
export type Check = (typeof CHECKS)[number];

/** `done`, `now` for the first that is to be done, `later` for those that wait for it; `free` is up to the person. */
export type Standing = 'done' | 'now' | 'later' | 'free';

/**
 * How each step stands. Telling the companies leaves no trace with the daemon, so it is never `done`. `rotation` and
 * `impact` are the compromised key's.
 */
export function standings(
  key: SigningKey,
  rotation: Rotation,
  impact: RevocationImpact,
): Record<Check, Standing> {
  const { successor } = rotation;
  const done: Record<Check, boolean> = {
    revoke: key.revoked_at !== null,
    tell: false,
    generate: successor !== null && canSign(successor),
    attach:
      successor !== null && isLive(successor.state) && rotation.configs.every((config) => config.attached),
    regenerate: impact.files_offered === 0,
    send: successor?.google.state === 'confirmed' && successor.apple.state === 'confirmed',
  };
  let open = false;
  const result = {} as Record<Check, Standing>;
  for (const check of CHECKS) {
    if (check === 'tell') result[check] = 'free';
    else if (done[check]) result[check] = 'done';
    else {
      result[check] = open ? 'later' : 'now';
      open = true;
    }
  }
  return result;
}

/** Says which configs' files a regeneration left as they are, or made and has waiting. */
export function leftToRegenerate(made: RegeneratedFiles | undefined): string[] {
  const words = t.compromise.steps;
  const regions = (of: AffectedConfig[]) => of.map((config) => config.output_region).join(', ');
  if (made === undefined) return [];
  return [
    made.without_key.length > 0 ? words.regenerateWithoutKey(regions(made.without_key)) : '',
    made.paused.length > 0 ? words.regeneratePaused(regions(made.paused)) : '',
  ].filter((text) => text !== '');
}
