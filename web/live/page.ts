// The live page: the panel over the host that `./dev run` bridges, and the processes that its simulated agents really are.
import '../shared/page.css';
import './page.css';
import '../panel/bearproof-panel.js';
import { find } from '../shared/dom.js';
import { mountThemeSwitch } from '../shared/theme.js';
import { mountAgents } from './agents.js';
import { bridgeToken, bridgeWith } from './bridge.js';
import { HostClient } from './host-client.js';

const panel = find<HTMLElementTagNameMap['bearproof-panel']>('bearproof-panel');

mountThemeSwitch(find('#theme'), (theme) => {
  panel.theme = theme;
});

const token = bridgeToken();
if (token === undefined) find('#unbridged').hidden = false;
else connect(token);

function connect(token: string): void {
  const report = find('#agent-report');
  find('#live').hidden = false;

  const agents = mountAgents(find('#agents'), (role) => {
    void bridge.start(role).then((refusal) => {
      report.textContent = refusal === undefined ? '' : `It was not started: ${refusal}.`;
    });
  });
  const bridge = bridgeWith(token, agents);
  const client = new HostClient(bridge.open, {
    client: 'bearproof live page',
    onDocuments: (documents) => {
      panel.now = new Date().toISOString();
      panel.documents = documents;
    },
    onConnection: (connection) => {
      panel.connection = connection;
    },
    onWelcome: ({ canStop, stopSeconds }) => {
      panel.canStop = canStop;
      panel.stopSeconds = stopSeconds;
    },
  });
  panel.addEventListener('bearproof-revoke', (event) => {
    event.preventDefault();
    const { key, receiptId, source, digest } = event.detail;
    client.revoke(receiptId, source, digest, ({ effects, final }) => panel.revoked(key, effects, { final }));
  });
  panel.connection = 'connecting';
  client.start();
  // Time alone may change a standing: a session outlives what it was allowed.
  setInterval(() => (panel.now = new Date().toISOString()), 30_000);
  addEventListener('pagehide', () => client.stop());
  addEventListener('pageshow', () => client.start());
}
