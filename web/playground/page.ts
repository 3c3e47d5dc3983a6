// The playground: a document on one side, what the rule core says of it on the other.
import type { Finding, Mode, Narrative, Range, Report, Rule, Severity } from 'bearproof';
import '../shared/page.css';
import './page.css';
import { find, isolated, make } from '../shared/dom.js';
import { mountFiles, openedHere } from '../shared/file-input.js';
import { holdsLines, type OpenedFile } from '../shared/files.js';
import { countFindings } from '../shared/findings.js';
import { asLine, partsOf, type LineOf, type Part } from '../shared/line-files.js';
import { mountThemeSwitch } from '../shared/theme.js';
import { distinct, placesOf, type Place } from '../shared/together.js';
import { visibleString } from '../shared/visible-text.js';
import { Checker } from './checker.js';
import { Editor } from './editor.js';
import { ExamplePicker, sampleFolder } from './example-picker.js';
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
/** Documents of a set that are opened; the rest is counted. */
const opened = 1000;
/** What is open at first: a session that policy never admitted. */
const firstExample = 'web/samples/scraper-without-policy.json';

const levelChoice = find<HTMLSelectElement>('#level');
const modeChoice = find<HTMLSelectElement>('#mode');
const outcome = find('#outcome');
const findings = find('#findings');
const together = find('#together');
const togetherList = find('#together-list');
const documentChoice = find<HTMLSelectElement>('#document');
const reportText = find('#report-text');
const command = find('#command-text');
const explanation = find('#explanation');
const storyText = find('#story');
const allStories = find('#stories');
const storyList = find('#story-list');
const provenance = find('#provenance');
const showTab = mountTabs(find('[role=tablist]'));

/** A document that is open. */
interface Opened {
  /** Name in reports. */
  readonly source: string;
  /** Of a line of NDJSON: where it stands. On the command line the file is named. */
  readonly of?: LineOf;
  /** As the editor shows it. */
  readonly text: string;
  /** The file's own bytes, until it is edited: they may hold what the editor cannot (CR LF, ill-formed UTF-8). */
  readonly bytes?: Uint8Array;
  readonly breaks?: LineBreaks;
}

/** What is open, at least one; the editor shows `documents[current]`. */
let documents: readonly Opened[] = [{ source: 'document.json', text: '' }];
let current = 0;
let rules = new Map<string, Rule>();
let shown: readonly Finding[] = [];
/** Of each document, where its text starts in its file. */
let starts: readonly number[] = [];
let lastReport = '';
let catalogued = false;
let timer: ReturnType<typeof setTimeout> | undefined;

// First of all: the worker loads the rule core while the editor is put together.
const checker = new Checker({ ready, catalogue, checked, failed: ({ message }) => failed(message) });

mountThemeSwitch(find('#theme'));

const editor = new Editor(find('#editor'), 'Document', {
  edited() {
    // What is edited is a document of its own; on the command line it stands for a file saved under this name. A line
    // goes on being one of its file.
    const { source, of } = document_();
    const edited = { source: of ? source : source.replace(/^.*\//, ''), text: editor.text, ...(of && { of }) };
    documents = distinct(documents.map((one, at) => (at === current ? edited : one)));
    picker.mark('');
    provenance.textContent = 'Edited here; nothing is sent anywhere.';
    checker.forget();
    setInert(true);
    clearTimeout(timer);
    timer = setTimeout(check, pause);
  },
  moved(offset) {
    highlightAt(offset);
    const { line, column, selected } = editor.place;
    find('#caret').textContent = `line ${line}, column ${column}${selected > 0 ? `, ${selected} selected` : ''}`;
  },
});

function check(): void {
  clearTimeout(timer);
  // Their places are those of the text that was: nobody should be led there.
  setInert(true);
  checker.check({
    documents: documents.map(partOf),
    current,
    level: levelChoice.value as Severity,
    mode: modeChoice.value as Mode,
  });
  showCommand();
}

function partOf({ source, of, bytes, text }: Opened): Part {
  const line = of && (bytes ?? asLine(text));
  return line === undefined ? { source, content: bytes ?? text } : { source, content: line, of };
}

function document_(): Opened {
  return documents[current] ?? { source: 'document.json', text: '' };
}

function setInert(inert: boolean): void {
  findings.inert = inert;
  together.inert = inert;
}

function ready(message: Ready): void {
  find('#version').textContent = `Bearproof ${message.version}, ruleset ${message.ruleset.slice(0, 19)}…`;
}

function catalogue(message: Catalogue): void {
  rules = new Map(message.rules.map((rule) => [rule.id, rule]));
  picker.tellKinds(message.kinds);
  document.documentElement.dataset['ready'] = '';
}

function failed(message: string): void {
  setInert(false);
  together.hidden = true;
  outcome.className = 'outcome bad';
  outcome.replaceChildren('Not checked: ', isolated(message, 300));
  findings.replaceChildren();
  lastReport = '';
  reportText.replaceChildren();
  storyText.replaceChildren();
  showStories([]);
  editor.mark([]);
}

// ---- what is in the editor ----

/** Opens documents in place of those that are open, the first in the editor. */
function openAll(chosen: readonly Opened[], about: readonly (Node | string)[]): void {
  documents = distinct(chosen.slice(0, opened));
  provenance.replaceChildren(
    ...about,
    chosen.length > opened ? `. Only the first ${opened} of ${chosen.length} documents are open.` : '',
  );
  fillDocuments();
  show(0);
}

function show(at: number): void {
  current = at;
  documentChoice.selectedIndex = at;
  editor.load(document_().text);
  check();
}

function fillDocuments(): void {
  find('#set').hidden = documents.length < 2;
  documentChoice.replaceChildren(...optionNames().map((name, at) => make('option', { value: at }, name)));
}

/** Names for the options, without a folder that all share; isolated: none can reorder what stands beside it. */
function optionNames(): string[] {
  const folder = /^.*\//.exec(documents[0]?.source ?? '')?.[0] ?? '';
  const from = documents.every(({ source }) => source.startsWith(folder)) ? folder.length : 0;
  return documents.map(({ source }) => `\u2068${visibleString(source.slice(from))}\u2069`);
}

function openExample(path: string): void {
  const chosen = examples.filter((example) =>
    path === sampleFolder ? example.path.startsWith(path) : example.path === path,
  );
  if (chosen.length === 0) return;
  forgetFiles();
  picker.mark(path);
  openAll(
    chosen.map(({ path: source, text }) => ({ source, text })),
    [make('span', { class: 'badge' }, 'Sample'), ' Written for this page; nothing like it ran.'],
  );
}

function openedFrom({ source, content, of }: Part): Opened {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  // A byte order mark stays in the text: the report's offsets count it.
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  return { source, text, bytes, breaks: new LineBreaks(text), ...(of && { of }) };
}

function openFiles(files: readonly OpenedFile[]): void {
  const named = distinct(files.map(({ name, bytes }) => ({ source: name, content: bytes, lines: holdsLines(name) })));
  const chosen = named.flatMap(partsOf).map(openedFrom);
  if (chosen.length === 0) {
    notOpened('There is no document in it.');
    return;
  }
  picker.mark('');
  openAll(chosen, openedHere(files));
}

function notOpened(message: string): void {
  provenance.replaceChildren(isolated(message, 200));
}

const picker = new ExamplePicker(openExample);
documentChoice.addEventListener('change', () => show(documentChoice.selectedIndex));
levelChoice.addEventListener('change', check);
modeChoice.addEventListener('change', check);
const forgetFiles = mountFiles(find<HTMLInputElement>('#open'), openFiles, notOpened);

// ---- what was found ----

function inEditor(range: Range): { from: number; to: number } {
  const start = starts[current] ?? 0;
  const translate = (offset: number) => document_().breaks?.toEditor(offset - start) ?? offset - start;
  return { from: translate(range.start.utf16), to: translate(range.end.utf16) };
}

function checked({ report, text, starts: from, story, stories, took }: Checked): void {
  const entry = report.documents[current];
  if (!entry) {
    failed('the report is empty');
    return;
  }
  shown = entry.findings;
  starts = from;
  setInert(false);
  showOutcome(entry.verdict, entry.kind, entry.dialect, took);
  showTogether(report);
  const count = shown.length + (report.collection?.findings.length ?? 0);
  find('#count').textContent = count > 0 ? String(count) : '';
  findings.replaceChildren(
    ...(shown.length === 0 ? [make('p', { class: 'blank' }, noFindings(entry.verdict))] : []),
    make('ol', { role: 'list' }, shown.slice(0, listed).map(findingItem)),
    ...(shown.length > listed ? [make('p', { class: 'quiet' }, `… and ${shown.length - listed} more.`)] : []),
  );
  lastReport = text;
  reportText.replaceChildren(isolatedLines(text));
  showStory(story);
  showStories(stories);
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
  const tone = { valid: 'ok', invalid: 'bad', unreadable: 'bad' }[verdict] ?? 'warn';
  outcome.className = `outcome ${tone}`;
  outcome.replaceChildren(
    make('strong', {}, verdictWords[verdict] ?? verdict),
    make('span', {}, [kind ?? 'no known kind', dialect].filter((part) => part !== undefined).join(' · ')),
    make('span', {}, countFindings(shown)),
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

/** Names each document's verdict where it is chosen, and lists what they show together. */
function showTogether(report: Report): void {
  if (documents.length > 1) {
    const options = documentChoice.options;
    for (const [at, name] of optionNames().entries()) {
      const option = options[at];
      if (option) option.textContent = `${name} · ${report.documents[at]?.verdict ?? 'not checked'}`;
    }
  }
  together.hidden = report.collection === undefined;
  const found = report.collection?.findings ?? [];
  togetherList.replaceChildren(
    found.length === 0
      ? make('p', { class: 'quiet' }, 'Nothing at this level.')
      : make('ol', { role: 'list' }, found.slice(0, listed).map(togetherItem)),
    ...(found.length > listed ? [make('p', { class: 'quiet' }, `… and ${found.length - listed} more.`)] : []),
  );
}

function togetherItem(finding: Finding): HTMLElement {
  const places = placesOf(finding);
  return make(
    'li',
    { class: `finding ${finding.severity}` },
    make(
      'p',
      {},
      make('span', { class: 'severity' }, finding.severity),
      ' ',
      make('span', { class: 'message' }, isolated(finding.message, 600)),
    ),
    finding.help ? make('p', { class: 'help' }, isolated(finding.help, 600)) : undefined,
    make('ul', { class: 'places', role: 'list' }, places.slice(0, 20).map(placeItem)),
    places.length > 20 ? make('p', { class: 'quiet' }, `… and ${places.length - 20} more places.`) : undefined,
    make(
      'p',
      { class: 'more' },
      make('button', { type: 'button', class: 'link mono', onclick: () => explain(finding.rule) }, finding.rule),
    ),
  );
}

function placeItem({ source, range, message }: Place): HTMLElement {
  const at = documents.findIndex((one) => one.source === source);
  return make(
    'li',
    {},
    make(
      'button',
      { type: 'button', class: 'link', disabled: at < 0, onclick: () => goToPlace(at, range) },
      isolated(source, 80),
    ),
    range ? make('span', {}, `line ${range.start.line}, column ${range.start.column}`) : undefined,
    message ? make('span', {}, isolated(message, 200)) : undefined,
  );
}

function goToPlace(at: number, range: Range | undefined): void {
  if (at !== current) show(at);
  if (!range) return;
  const { from, to } = inEditor(range);
  editor.select(from, to);
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
  return fragment;
}

function showStory(story: Narrative | undefined): void {
  if (!story) return;
  const parts = [
    ['What happened', story.happened],
    ['Why', story.why],
    ['What remains', story.risk],
    ['What to do', story.next],
  ] as const;
  storyText.replaceChildren(
    ...parts.map(([name, said]) => make('div', {}, make('dt', {}, name), make('dd', {}, isolated(said, 2000)))),
  );
}

/** What the documents of a set say, one line each. */
function showStories(stories: readonly Narrative[]): void {
  allStories.hidden = stories.length < 2;
  const rest = documents.length - stories.length;
  storyList.replaceChildren(
    ...stories.map(({ source, severity, happened }, at) =>
      make(
        'li',
        { class: severity },
        make('button', { type: 'button', class: 'link', onclick: () => show(at) }, isolated(source, 80)),
        ' ',
        isolated(happened, 400),
      ),
    ),
    ...(rest > 0 ? [make('li', { class: 'quiet' }, `… and ${rest} more.`)] : []),
  );
}

// ---- the same in a terminal ----

function showCommand(): void {
  const names = [...new Set(documents.map(({ source, of }) => of?.file ?? source))];
  const words = ['bearproof', 'check', ...names.map(shellWord)];
  if (levelChoice.value !== 'info') words.push('--level', levelChoice.value);
  if (modeChoice.value !== 'default') words.push('--mode', modeChoice.value);
  command.replaceChildren(...commandLine(words));
  // A file of lines is one source to the program and as many documents as it has lines to this page.
  find('#same-bytes').hidden = documents.some(({ of }) => of !== undefined);
  find('#command-json').replaceChildren(...commandLine([...words, '--format', 'json', '--pretty']));
}

/** Words of a command line that break between one another, not at the hyphens of an option. */
function commandLine(words: readonly string[]): (Node | string)[] {
  return words.flatMap((word, at) => [at > 0 ? ' ' : '', make('span', { class: 'word' }, word)]);
}

function mountCopy(button: HTMLElement, text: () => string): void {
  const label = button.textContent;
  const copy = async () => {
    try {
      // Where the page is not served securely there is no clipboard at all: that throws, too.
      await navigator.clipboard.writeText(text());
      button.textContent = 'Copied';
    } catch {
      button.textContent = 'The browser refused';
    }
    setTimeout(() => (button.textContent = label), 1600);
  };
  button.addEventListener('click', () => void copy());
}
mountCopy(find('#copy-report'), () => lastReport);
mountCopy(find('#copy-command'), () => command.textContent ?? '');

openExample(firstExample);
