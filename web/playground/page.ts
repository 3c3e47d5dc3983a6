// The playground: a document on one side, what the rule core says of it on the other.
import type { Finding, Mode, Narrative, Range, Rule, Severity } from 'bearproof';
import '../shared/page.css';
import './page.css';
import { find, isolated, make } from '../shared/dom.js';
import { acceptDrops, readFiles, type OpenedFile } from '../shared/files.js';
import { mountThemeSwitch } from '../shared/theme.js';
import { Checker } from './checker.js';
import { Editor } from './editor.js';
import { examples } from './examples.js';
import { LineBreaks } from './line-breaks.js';
import type { Catalogue, Checked, Ready } from './protocol.js';
import { ruleView } from './rule-view.js';
import { shellWord } from './shell.js';
import { mountTabs } from './tabs.js';

/** Pause in typing after which the document is checked, in milliseconds. */
const pause = 120;
/** Findings listed; the rest is counted. */
const listed = 200;
/** Report text shown, in code units; the rest is counted. */
const reportShown = 200_000;
/** What is open at first: a session that policy never admitted. */
const firstExample = 'web/samples/scraper-without-policy.json';

const exampleChoice = find<HTMLSelectElement>('#example');
const levelChoice = find<HTMLSelectElement>('#level');
const modeChoice = find<HTMLSelectElement>('#mode');
const outcome = find('#outcome');
const findings = find('#findings');
const reportText = find('#report-text');
const command = find('#command-text');
const explanation = find('#explanation');
const storyText = find('#story');
const provenance = find('#provenance');
const showTab = mountTabs(find('[role=tablist]'));

/** Where the text in the editor came from. */
interface Origin {
  /** Name in reports and on the command line. */
  readonly name: string;
  /** The file's own bytes, until it is edited: they may hold what the editor cannot (CR LF, ill-formed UTF-8). */
  readonly bytes?: Uint8Array;
  readonly breaks?: LineBreaks;
}

let origin: Origin = { name: 'document.json' };
let rules = new Map<string, Rule>();
let shown: readonly Finding[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;

mountThemeSwitch(find('#theme'));

const editor = new Editor(find('#editor'), 'Document', {
  edited() {
    // What is edited is a document of its own; on the command line it stands for a file saved under this name.
    origin = { name: origin.name.replace(/^.*\//, '') };
    exampleChoice.value = '';
    provenance.textContent = 'Edited here; nothing is sent anywhere.';
    checker.forget();
    findings.inert = true;
    clearTimeout(timer);
    timer = setTimeout(check, pause);
  },
  moved(offset) {
    highlightAt(offset);
    const { line, column, selected } = editor.place;
    find('#caret').textContent = `line ${line}, column ${column}${selected > 0 ? `, ${selected} selected` : ''}`;
  },
});

const checker = new Checker({ ready, catalogue, checked, failed: ({ message }) => failed(message) });

function check(): void {
  clearTimeout(timer);
  // Their places are those of the text that was: nobody should be led there.
  findings.inert = true;
  checker.check({
    source: origin.name,
    content: origin.bytes ?? editor.text,
    level: levelChoice.value as Severity,
    mode: modeChoice.value as Mode,
  });
  showCommand();
}

function ready(message: Ready): void {
  find('#version').textContent = `Bearproof ${message.version}, ruleset ${message.ruleset.slice(0, 19)}…`;
}

function catalogue(message: Catalogue): void {
  rules = new Map(message.rules.map((rule) => [rule.id, rule]));
  fillExamples(message.kinds);
  document.documentElement.dataset['ready'] = '';
}

function failed(message: string): void {
  findings.inert = false;
  outcome.className = 'outcome bad';
  outcome.replaceChildren('Not checked: ', isolated(message, 300));
  findings.replaceChildren();
  reportText.replaceChildren();
  storyText.replaceChildren();
  editor.mark([]);
}

// ---- what is in the editor ----

function fillExamples(kinds: Readonly<Record<string, string>>): void {
  const groups = new Map<string, HTMLOptGroupElement>();
  for (const { path } of examples) {
    const kind = path.startsWith('web/samples/') ? 'Sample sessions' : (kinds[path] ?? 'Other documents');
    const group = groups.get(kind) ?? make('optgroup', { label: kind });
    groups.set(kind, group);
    group.append(make('option', { value: path }, path.replace(/^.*\//, '')));
  }
  exampleChoice.replaceChildren(make('option', { value: '' }, 'Example…'), ...groups.values());
  exampleChoice.value = examples.some(({ path }) => path === origin.name) ? origin.name : '';
}

function openExample(path: string): void {
  const example = examples.find((candidate) => candidate.path === path);
  if (!example) return;
  origin = { name: path };
  provenance.replaceChildren(
    make('span', { class: 'badge' }, 'Sample'),
    ' Written for this page; nothing like it ran.',
  );
  editor.load(example.text);
  check();
}

function openFile({ name, bytes }: OpenedFile): void {
  // A byte order mark stays in the text: the report's offsets count it.
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  origin = { name, bytes, breaks: new LineBreaks(text) };
  exampleChoice.value = '';
  provenance.replaceChildren('Opened here: ', isolated(name, 60));
  editor.load(text);
  check();
}

async function openFirst(files: Iterable<File>): Promise<void> {
  try {
    const [first] = await readFiles([...files].slice(0, 1));
    if (first) openFile(first);
  } catch (error) {
    provenance.replaceChildren(isolated(error instanceof Error ? error.message : String(error), 200));
  }
}

exampleChoice.addEventListener('change', () => openExample(exampleChoice.value));
levelChoice.addEventListener('change', check);
modeChoice.addEventListener('change', check);
const fileInput = find<HTMLInputElement>('#open');
fileInput.addEventListener('change', () => {
  if (fileInput.files?.length) void openFirst(fileInput.files);
  fileInput.value = '';
});
acceptDrops((files) => void openFirst(files));

// ---- what was found ----

const order: readonly Severity[] = ['error', 'warning', 'notice', 'info'];

function inEditor(range: Range): { from: number; to: number } {
  const translate = (offset: number) => origin.breaks?.toEditor(offset) ?? offset;
  return { from: translate(range.start.utf16), to: translate(range.end.utf16) };
}

function checked({ report, text, story, took }: Checked): void {
  const document_ = report.documents[0];
  if (!document_) {
    failed('the report is empty');
    return;
  }
  shown = document_.findings;
  findings.inert = false;
  showOutcome(document_.verdict, document_.kind, document_.dialect, took);
  find('#count').textContent = shown.length > 0 ? String(shown.length) : '';
  findings.replaceChildren(
    ...(shown.length === 0 ? [make('p', { class: 'blank' }, noFindings(document_.verdict))] : []),
    make('ol', { role: 'list' }, shown.slice(0, listed).map(findingItem)),
    ...(shown.length > listed ? [make('p', { class: 'quiet' }, `… and ${shown.length - listed} more.`)] : []),
  );
  reportText.replaceChildren(isolatedLines(text));
  showStory(story);
  editor.mark(
    shown.flatMap(({ range, severity, message, rule }) =>
      range ? [{ ...inEditor(range), severity, message, rule }] : [],
    ),
  );
  highlightAt(editor.caret);
  if (!catalogued) {
    catalogued = true;
    checker.askCatalogue();
  }
}
let catalogued = false;

function noFindings(verdict: string): string {
  return verdict === 'valid'
    ? 'No findings at this level. The document is consistent with its contract; whether what it says is true, no one can read from it.'
    : 'No findings at this level.';
}

const verdictWords: Record<string, string> = {
  valid: 'Valid',
  invalid: 'Invalid',
  unrecognised: 'Unrecognised',
  unreadable: 'Unreadable',
};

function showOutcome(verdict: string, kind: string | undefined, dialect: string | undefined, took: number): void {
  const counts = order.flatMap((severity) => {
    const count = shown.filter((finding) => finding.severity === severity).length;
    return count > 0 ? [`${count} ${severity}${count > 1 ? 's' : ''}`] : [];
  });
  const tone = { valid: 'ok', invalid: 'bad', unreadable: 'bad' }[verdict] ?? 'warn';
  outcome.className = `outcome ${tone}`;
  outcome.replaceChildren(
    make('strong', {}, verdictWords[verdict] ?? verdict),
    make('span', {}, [kind ?? 'no known kind', dialect].filter((part) => part !== undefined).join(' · ')),
    make('span', {}, counts.length > 0 ? counts.join(', ') : 'no findings'),
    make('span', { class: 'took' }, took < 1 ? 'under 1 ms' : `${Math.round(took)} ms`),
  );
}

function findingItem(finding: Finding, index: number): HTMLElement {
  const { range, rule } = finding;
  const place = range ? `line ${range.start.line}, column ${range.start.column}` : 'no place in the text';
  return make(
    'li',
    { class: `finding ${finding.severity}`, 'data-index': index },
    make(
      'button',
      { type: 'button', class: 'go', disabled: !range, onclick: () => goTo(finding) },
      make('span', { class: 'severity' }, finding.severity),
      make('span', { class: 'message' }, isolated(finding.message, 600)),
      make('span', { class: 'place' }, place),
    ),
    finding.help ? make('p', { class: 'help' }, isolated(finding.help, 600)) : undefined,
    make(
      'p',
      { class: 'more' },
      finding.pointer ? make('span', { class: 'mono' }, isolated(finding.pointer, 120)) : undefined,
      make('button', { type: 'button', class: 'link mono', onclick: () => explain(rule) }, rule),
    ),
  );
}

function goTo(finding: Finding): void {
  if (!finding.range) return;
  const { from, to } = inEditor(finding.range);
  editor.select(from, to);
}

function explain(id: string): void {
  const rule = rules.get(id);
  explanation.replaceChildren(rule ? ruleView(rule) : make('p', { class: 'blank' }, `This build knows no rule ${id}.`));
  showTab('tab-rule');
  find('#tab-rule').focus();
}

/** Marks the findings whose range holds the offset. */
function highlightAt(offset: number): void {
  for (const item of findings.querySelectorAll<HTMLElement>('li')) {
    const range = shown[Number(item.dataset['index'])]?.range;
    const place = range && inEditor(range);
    const holds = place !== undefined && place.from <= offset && offset <= place.to && place.to - place.from < 2000;
    item.classList.toggle('here', holds);
  }
}

/** Text of several lines: each line's unshowable characters named. */
function isolatedLines(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  for (const line of text.slice(0, reportShown).split('\n')) fragment.append(isolated(line, reportShown), '\n');
  if (text.length > reportShown) {
    fragment.append(`… ${(text.length - reportShown).toLocaleString('en')} more characters; the button copies all.`);
  }
  lastReport = text;
  return fragment;
}
let lastReport = '';

function showStory(story: Narrative | undefined): void {
  if (!story) return;
  const parts = [
    ['What happened', story.happened],
    ['Why', story.why],
    ['What remains', story.risk],
    ['What to do', story.next],
  ] as const;
  storyText.replaceChildren(
    ...parts.flatMap(([name, said]) => [make('dt', {}, name), make('dd', {}, isolated(said, 2000))]),
  );
}

// ---- the same in a terminal ----

function showCommand(): void {
  const words = ['bearproof', 'check', shellWord(origin.name)];
  if (levelChoice.value !== 'info') words.push('--level', levelChoice.value);
  if (modeChoice.value !== 'default') words.push('--mode', modeChoice.value);
  command.textContent = words.join(' ');
  find('#command-json').textContent = [...words, '--format', 'json', '--pretty'].join(' ');
}

function mountCopy(button: HTMLElement, text: () => string): void {
  const label = button.textContent;
  button.addEventListener('click', () => {
    navigator.clipboard.writeText(text()).then(
      () => (button.textContent = 'Copied'),
      () => (button.textContent = 'The browser refused'),
    );
    setTimeout(() => (button.textContent = label), 1600);
  });
}
mountCopy(find('#copy-report'), () => lastReport);
mountCopy(find('#copy-command'), () => command.textContent ?? '');

openExample(firstExample);
