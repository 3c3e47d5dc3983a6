// The confirmation of a revocation, and what came of it, in place.
import { html, nothing } from 'lit-html';
import { icon } from './icons.js';
import type { Named, Text } from './protocol.js';
import { effectNames, type RevocationRun } from './revocations.js';
import { idEnd, phrase } from './text.js';
import type { EffectName } from './types.js';

/** BearBrowser's wording (automation-session-ui.yaml), word for word. */
const prompt =
  'Revoking this session will immediately terminate the automation transport and invalidate all session tokens. Proceed?';
const promptAll =
  'Revoking these sessions will immediately terminate their automation transports and invalidate all their session tokens. Proceed?';

export interface ConfirmContext {
  /** "session" or "all": for the ids of elements. */
  readonly scope: string;
  readonly names: readonly Named[];
  /** Sessions beyond those that are named, which this confirmation leaves as they are. */
  readonly beyond: number;
  readonly host: boolean;
  readonly canStop: boolean;
  /** Why the record cannot be made to say revoked. */
  readonly unwritable: Text | undefined;
  readonly armed: boolean;
  /** What was confirmed cannot be done any more: the session has ended meanwhile. */
  readonly moot: boolean;
  readonly cancel: () => void;
}

function caveat({ host, canStop, names }: ConfirmContext) {
  if (host && canStop) return nothing;
  if (host) {
    return html`<p class="caveat">
      The host records it, but no stop command is configured: it cannot end the transport by itself.
    </p>`;
  }
  return html`<p class="caveat">
    No host is connected here, so nothing ends by itself: the updated receipt${names.length > 1 ? 's are' : ' is'} saved
    as a file, with the event, for whoever keeps the record.
  </p>`;
}

function name({ label, owner, receipt }: Named) {
  return html`<b>${label === undefined ? 'Session without a label' : phrase(label, { limit: 80 })}</b>
    <span class="by">of ${owner === undefined ? 'no stated owner' : phrase(owner, { limit: 72 })}</span>
    <span class="id">id <bdi class="mono">${receipt === undefined ? 'not stated' : idEnd(receipt)}</bdi></span>`;
}

export function confirmBox(context: ConfirmContext) {
  const { scope, names, beyond, host, armed, moot, cancel } = context;
  const several = scope === 'all';
  const words = !host
    ? several
      ? 'Save revoked receipts…'
      : 'Save a revoked receipt…'
    : several
      ? `Revoke ${names.length} session${names.length === 1 ? '' : 's'}`
      : 'Revoke / Kill session';
  return html`<div
    class="confirm"
    role="alertdialog"
    aria-labelledby="confirm-title-${scope}"
    aria-describedby="confirm-text-${scope}"
    @keydown=${(event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      cancel();
    }}
  >
    <p class="confirm-title" id="confirm-title-${scope}">
      ${icon('stop')}${several ? 'Revoke all sessions' : 'Revoke / Kill session'}
    </p>
    <div id="confirm-text-${scope}">
      ${
        several
          ? html`<ul class="named" role="list" tabindex="0" aria-label="Sessions to revoke">
              ${names.map((one) => html`<li>${name(one)}</li>`)}
            </ul>`
          : html`<p class="named">${names.map(name)}</p>`
      }
      ${beyond > 0 ? html`<p class="caveat">${beyond} more are left for another time.</p>` : nothing}
      <p>${several ? promptAll : prompt}</p>
      ${caveat(context)}
      ${
        context.unwritable !== undefined
          ? html`<p class="caveat">
              The record itself cannot be made to say revoked: ${phrase(context.unwritable, { limit: 200 })}
            </p>`
          : nothing
      }
      ${moot ? html`<p class="caveat">It has ended meanwhile: there is nothing to revoke.</p>` : nothing}
    </div>
    <div class="choices">
      <button type="button" class="cancel" data-harmless @click=${cancel}>Cancel</button>
      <button
        type="button"
        class="do ${armed && !moot ? 'armed' : ''}"
        aria-disabled=${armed && !moot ? 'false' : 'true'}
      >
        ${words}
      </button>
    </div>
  </div>`;
}

const effectWords: Record<EffectName, { readonly name: string; readonly ok: string; readonly failed: string }> = {
  record: { name: 'Record', ok: 'says revoked', failed: 'not written' },
  event: { name: 'Event', ok: 'logged', failed: 'not logged' },
  transport: { name: 'Transport', ok: 'ended', failed: 'not ended' },
  token: { name: 'Session token', ok: 'invalidated', failed: 'not invalidated' },
};

function headline({ state, effects, error }: RevocationRun) {
  const recorded = effects.get('record')?.ok;
  switch (state) {
    case 'asked':
      return 'Asked: waiting for the host.';
    case 'recorded':
      return 'Recorded as revoked. Waiting for the transport to end.';
    case 'ended':
      return recorded === false
        ? 'The transport ended, but the record does not say so.'
        : 'Revoked: the transport ended.';
    case 'unconfirmed':
      return recorded
        ? 'Recorded as revoked, but not confirmed: it may still run.'
        : 'Not confirmed: it may still run.';
    case 'saved':
      return 'Saved. Nothing was ended: the session may still run.';
    case 'failed':
      return html`No revoked receipt could be made: ${phrase(error ?? 'unknown', { limit: 200 })}`;
  }
}

function effectLine(effect: EffectName, run: RevocationRun) {
  const words = effectWords[effect];
  const known = run.effects.get(effect);
  const waiting = run.state === 'asked' || run.state === 'recorded';
  const [mark, tone, word] = known
    ? known.ok
      ? (['done', 'ok', words.ok] as const)
      : (['failed', 'bad', words.failed] as const)
    : (['pending', 'quiet', waiting ? 'waiting' : 'not known'] as const);
  return html`<li class="effect ${tone}">
    ${icon(mark)}<span class="effect-name">${words.name}</span> <span class="effect-word">${word}</span>
    ${known?.detail ? html`<span class="effect-detail">${phrase(known.detail, { limit: 160 })}</span>` : nothing}
  </li>`;
}

export interface ResultContext {
  readonly transport: unknown;
  readonly owner: unknown;
  readonly retry: (event: Event) => void;
  readonly close: () => void;
}

export function resultBox(run: RevocationRun, { transport, owner, retry, close }: ResultContext) {
  const open = run.state === 'asked' || run.state === 'recorded';
  return html`<div class="result ${run.state}">
    <p class="headline" role="status">${headline(run)}</p>
    ${
      run.state === 'saved'
        ? html`<ul class="files" role="list">
            ${run.files.map(
              ({ name, url }) => html`<li><a class="button" download=${name} href=${url}>Save ${name} again</a></li>`,
            )}
          </ul>`
        : run.state === 'failed'
          ? nothing
          : html`<ul class="effects" role="list">
              ${effectNames.map((effect) => effectLine(effect, run))}
            </ul>`
    }
    ${
      run.state === 'unconfirmed' || run.state === 'saved' || run.state === 'failed'
        ? html`<p class="by-hand">
            <b>By hand:</b> end the process behind ${transport} that ${owner} runs, or quit the browser that it drives;
            then look here again.
          </p>`
        : nothing
    }
    <div class="choices">
      ${run.state === 'unconfirmed' ? html`<button type="button" class="retry" @click=${retry}>Retry</button>` : nothing}
      <button type="button" class="close" ?hidden=${open} @click=${close}>Close</button>
    </div>
  </div>`;
}
