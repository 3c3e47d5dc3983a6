// The page around the panel: sample receipts until someone opens or drops their own, or chooses a folder to follow.
import '../shared/page.css';
import './page.css';
import './bearproof-panel.js';
import { find, isolated } from '../shared/dom.js';
import { mountFiles, openedHere } from '../shared/file-input.js';
import { holdsLines, type OpenedFile } from '../shared/files.js';
import { mountThemeSwitch } from '../shared/theme.js';
import { canFollow, chooseFolder, documentOf, follow } from './follow.js';

const files = import.meta.glob<string>('../samples/*.json', { query: '?raw', import: 'default', eager: true });
const samples = Object.entries(files).map(([path, content]) => ({ source: path.replace(/^.*\//, ''), content }));

const panel = find<HTMLElementTagNameMap['bearproof-panel']>('bearproof-panel');
const provenance = find('#provenance');
const sampleNotice = [...provenance.childNodes];
const back = find<HTMLButtonElement>('#samples');
const open = find<HTMLInputElement>('#open');
const folderButton = find<HTMLButtonElement>('#folder');
const folderFiles = find<HTMLInputElement>('#folder-files');

/** Files that were opened one after the other; a name that comes again replaces the file before it. */
const opened = new Map<string, OpenedFile>();
let stopFollowing: (() => void) | undefined;

mountThemeSwitch(find('#theme'), (theme) => {
  panel.theme = theme;
});

/** Nothing of what was shown before comes back. */
function leave(): void {
  stopFollowing?.();
  stopFollowing = undefined;
  forgetFiles();
}

function say(...words: (Node | string)[]): void {
  provenance.replaceChildren(...words);
  back.hidden = false;
}

function showSamples(): void {
  leave();
  opened.clear();
  provenance.replaceChildren(...sampleNotice);
  back.hidden = true;
  panel.documents = samples;
}

const forgetFiles = mountFiles(
  open,
  (files) => {
    leave();
    for (const file of files) opened.set(file.name, file);
    const all = [...opened.values()];
    panel.documents = all.map(({ name, bytes }) => ({ source: name, content: bytes, lines: holdsLines(name) }));
    say(...openedHere(all));
  },
  (message) => say(isolated(message, 200)),
);

async function followFolder(): Promise<void> {
  const folder = await chooseFolder();
  if (!folder) return;
  leave();
  opened.clear();
  say('Following: ', isolated(folder.name, 60));
  stopFollowing = follow(
    folder,
    (documents) => {
      panel.documents = documents;
    },
    (message) => say('The folder is not followed any more: ', isolated(message, 200)),
  );
}

folderButton.addEventListener('click', () => {
  if (canFollow) followFolder().catch((error: unknown) => say(isolated(String(error), 200)));
  else folderFiles.click();
});

// Where a page cannot follow a folder, it can at least read one.
folderFiles.addEventListener('change', () => {
  const chosen = [...(folderFiles.files ?? [])].filter(({ name }) => /\.(json|ndjson|jsonl)$/i.test(name));
  const name = folderFiles.files?.[0]?.webkitRelativePath.split('/')[0] ?? 'the folder';
  folderFiles.value = '';
  leave();
  opened.clear();
  Promise.all(chosen.map((file) => documentOf(file, file.webkitRelativePath || file.name, name))).then(
    (documents) => {
      panel.documents = documents;
      say('Read once: ', isolated(name, 60), '. This browser lets no page follow a folder.');
    },
    (error: unknown) => say(isolated(String(error), 200)),
  );
});

back.addEventListener('click', () => {
  showSamples();
  open.focus();
});
showSamples();
