// The list of the simulated agents' processes. Its items stay where they are: an update changes texts, never the focus.
import { make } from '../shared/dom.js';
import type { AgentState } from './bridge.js';

interface Item {
  readonly root: HTMLElement;
  readonly state: HTMLElement;
  readonly detail: HTMLElement;
  readonly start: HTMLButtonElement;
}

/** "21:40:03", in the reader's time. */
const clock = (instant: string): string => new Date(instant).toLocaleTimeString('en-GB');

/**
 * @param list  where the items go
 * @param start  is asked to start an agent again
 * @returns takes the agents' state
 */
export function mountAgents(list: HTMLElement, start: (role: string) => void): (agents: readonly AgentState[]) => void {
  const items = new Map<string, Item>();

  const add = ({ role, owner, label, about }: AgentState): Item => {
    const state = make('span', { class: 'state' });
    const detail = make('p', { class: 'quiet' });
    const button = make(
      'button',
      { type: 'button', class: 'small', 'aria-label': `Start again: ${owner}` },
      'Start again',
    );
    button.addEventListener('click', () => {
      if (button.getAttribute('aria-disabled') !== 'true') start(role);
    });
    const root = make(
      'li',
      { 'data-role': role },
      make('p', { class: 'who' }, make('b', {}, owner), state),
      make('p', {}, label === owner ? undefined : label),
      make('p', { class: 'quiet' }, about),
      make('div', { class: 'foot-line' }, detail, button),
    );
    list.append(root);
    const item = { root, state, detail, start: button };
    items.set(role, item);
    return item;
  };

  return (agents) => {
    for (const agent of agents) {
      const item = items.get(agent.role) ?? add(agent);
      const running = agent.running && !agent.ended;
      item.root.classList.toggle('running', running);
      item.state.textContent = running ? 'running' : 'ended';
      item.detail.textContent = running
        ? `process ${agent.pid} since ${clock(agent.since)}`
        : `process ${agent.pid} ${agent.ended ? `${agent.ended.how} at ${clock(agent.ended.at)}` : 'is ending'}`;
      // Disabled and not hidden: whoever has the focus there keeps it.
      item.start.setAttribute('aria-disabled', String(running));
    }
  };
}
