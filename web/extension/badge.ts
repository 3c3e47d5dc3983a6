// What the toolbar button says: the core's sums put into a number, a colour and a sentence. Nothing is judged here.

import type { Connection } from '../live/host-client.js';

/** The sums of a session view that the button shows. */
export interface Sums {
  /** Sessions that have not ended, or do not say. */
  readonly active: number;
  readonly unstated: number;
  /** Of those. */
  readonly notAdmitted: number;
  readonly needsAttention: number;
  /** Documents that could not be read. */
  readonly unreadable: number;
}

export interface ButtonState {
  readonly connection: Connection;
  /** Absent until the core has made a first view. */
  readonly sums: Sums | undefined;
  /** The browser is under remote control that no session accounts for. */
  readonly undeclaredAutomation: boolean;
  /** Why the core gave no view, where it did not. */
  readonly failure: string | undefined;
}

export interface ButtonText {
  /** At most four characters. */
  readonly text: string;
  readonly color: string;
  readonly title: string;
}

/** White text reaches 4.5:1 on each of these, in both themes of both browsers. */
export const colors = { alarm: '#b3302a', calm: '#0f6478', unknown: '#54607a' } as const;

const most = 99;

const counted = (count: number, one: string, many: string): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

/** What the toolbar button shows. */
export function buttonText({ connection, sums, undeclaredAutomation, failure }: ButtonState): ButtonText {
  const count = sums ? sums.active + sums.unstated : 0;
  const alarm =
    failure !== undefined || undeclaredAutomation || (sums !== undefined && sums.notAdmitted + sums.unreadable > 0);
  const facts: string[] = [];
  if (failure !== undefined) facts.push(`the rule core does not run: ${failure}`);
  if (undeclaredAutomation) facts.push('this browser is under remote control that no receipt declares');
  if (sums && (count > 0 || connection === 'connected')) {
    facts.push(
      count === 0 ? 'no automation session is active' : counted(count, 'automation session', 'automation sessions'),
    );
    if (sums.notAdmitted > 0) facts.push(`${sums.notAdmitted.toLocaleString('en')} not admitted`);
    if (sums.needsAttention > 0) facts.push(counted(sums.needsAttention, 'needs attention', 'need attention'));
    if (sums.unreadable > 0) facts.push(`${counted(sums.unreadable, 'document', 'documents')} could not be read`);
  }
  if (connection === 'none') facts.push('no host is connected, so sessions on this machine are not seen');
  else if (connection === 'connecting') facts.push('connecting to the host');

  const number = count === 0 ? '' : count > most ? (alarm ? `${most}` : `${most}+`) : String(count);
  const unknown = connection === 'none' ? '?' : '';
  return {
    text: `${number}${alarm ? '!' : unknown}`,
    color: alarm ? colors.alarm : connection === 'none' ? colors.unknown : colors.calm,
    title: `Bearproof: ${facts.join('; ')}`,
  };
}
