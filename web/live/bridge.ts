// The page's end of the bridge of `./dev run` (tools/live/bridge.mjs): a stream of lines from the server, a POST for each
// message to the host.
import type { HostChannel, HostListener, OpenHost } from './host-client.js';

/** A simulated agent as the server describes it. */
export interface AgentState {
  readonly role: string;
  readonly owner: string;
  readonly label: string;
  readonly about: string;
  readonly pid: number;
  readonly running: boolean;
  /** When it started, RFC 3339. */
  readonly since: string;
  readonly ended?: { readonly at: string; readonly how: string };
}

interface Line {
  readonly connection?: string;
  readonly agents?: readonly AgentState[];
  readonly host?: unknown;
  readonly closed?: string;
}

export interface Bridge {
  readonly open: OpenHost;
  /** Asks the server to start an agent again. @returns what went wrong, in words */
  start(role: string): Promise<string | undefined>;
}

/** The token that the server wrote into the page; undefined where no bridge is behind it. */
export function bridgeToken(): string | undefined {
  return document.querySelector<HTMLMetaElement>('meta[name="bearproof-bridge"]')?.content;
}

/**
 * @param token  see bridgeToken()
 * @param onAgents  is told the state of the agents after each change
 */
export function bridgeWith(token: string, onAgents: (agents: readonly AgentState[]) => void): Bridge {
  const post = async (
    path: string,
    body: string,
    headers: Record<string, string> = {},
  ): Promise<string | undefined> => {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-bearproof-token': token, ...headers },
      body,
    });
    return response.ok ? undefined : (await response.text()).trim();
  };

  const open = (listener: HostListener): HostChannel => {
    const leave = new AbortController();
    let name = '';
    let over = false;
    const waiting: string[] = [];
    /** One after the other: the host reads them in the order of sending. */
    let sending = Promise.resolve();

    const close = (reason?: string) => {
      if (over) return;
      over = true;
      leave.abort();
      listener.closed(reason);
    };
    const deliver = (text: string) => {
      sending = sending
        .then(() => (over ? undefined : post('./bridge/message', text, { 'x-bearproof-connection': name })))
        .then((refusal) => {
          if (refusal !== undefined) close(refusal);
        })
        .catch(() => close('the server does not answer'));
    };
    const take = (line: Line) => {
      if (line.agents) onAgents(line.agents);
      if (line.connection !== undefined) {
        name = line.connection;
        for (const text of waiting.splice(0)) deliver(text);
      }
      if (line.closed !== undefined) close(line.closed);
      else if (line.host !== undefined && !over) listener.message(line.host);
    };
    const read = async () => {
      const response = await fetch('./bridge/stream', {
        headers: { 'x-bearproof-token': token },
        cache: 'no-store',
        signal: leave.signal,
      });
      if (!response.ok || !response.body) return close((await response.text()).trim());
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      let rest = '';
      for (;;) {
        const { value, done } = await reader.read();
        if (done) return close('the server ended');
        const lines = (rest + value).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) take(JSON.parse(line) as Line);
      }
    };
    read().catch(() => close('the server does not answer'));
    return {
      send(message) {
        const text = JSON.stringify(message);
        if (name === '') waiting.push(text);
        else deliver(text);
      },
      close: () => {
        over = true;
        leave.abort();
      },
    };
  };

  return {
    open,
    start: async (role) => {
      try {
        return await post('./bridge/agents', JSON.stringify({ start: role }));
      } catch {
        return 'the server does not answer';
      }
    },
  };
}
