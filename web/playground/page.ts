// The playground: a document on one side, what the rule core says of it on the other.
import type { Mode, Range, Rule, Severity } from 'bearproof';
import '../shared/page.css';
import './page.css';
import './examples.css';
import './results.css';
import { find, isolated, make } from '../shared/dom.js';
import { mountFiles, openedHere } from '../shared/file-input.js';
import { holdsLines, type OpenedFile } from '../shared/files.js';
import { partsOf } from '../shared/line-files.js';
import { mountThemeSwitch } from '../shared/theme.js';
import { distinct } from '../shared/together.js';
import { Checker } from './checker.js';
import { Documents, openedFrom, type Opened } from './documents.js';
import { Editor } from './editor.js';
import { ExamplePicker, sampleFolder } from './example-picker.js';
import { examples } from './examples.js';
import { FindingsView } from './findings-view.js';
import type { Catalogue, Checked, Ready } from './protocol.js';
import { CommandView, ReportView } from './report-view.js';
import { ruleView } from './rule-view.js';
import { SetView } from './set-view.js';
import { StoryView } from './story-view.js';
import { mountTabs } from './tabs.js';

/** Pause in typing after which the document is checked, in milliseconds. */
const pause = 120;
/** What is open at first: a session that policy never admitted. */
const firstExample = 'web/samples/scraper-without-policy.json';

const levelChoice = find<HTMLSelectElement>('#level');
const modeChoice = find<HTMLSelectElement>('#mode');
const explanation = find('#explanation');
const provenance = find('#provenance');
const showTab = mountTabs(find('[role=tablist]'));

const documents = new Documents();
let rules = new Map<string, Rule>();
let catalogued = false;
let timer: ReturnType<typeof setTimeout> | undefined;

// First of all: the worker loads the rule core while the editor is put together.
const checker = new Checker({ ready, catalogue, checked, failed: ({ message }) => failed(message) });

mountThemeSwitch(find('#theme'));

const findings = new FindingsView(documents, { goTo, explain });
const set = new SetView(documents, { show, goToPlace, explain });
const report = new ReportView();
const command = new CommandView();
const story = new StoryView(show);

const editor = new Editor(find('#editor'), 'Document', {
  edited() {
    documents.edit(editor.text);
    picker.mark('');
    provenance.textContent = 'Edited here; nothing is sent anywhere.';
    checker.forget();
    setInert(true);
    clearTimeout(timer);
    timer = setTimeout(check, pause);
  },
  moved(offset) {
    findings.highlightAt(offset);
    const { line, column, selected } = editor.place;
    find('#caret').textContent = `line ${line}, column ${column}${selected > 0 ? `, ${selected} selected` : ''}`;
  },
});

// ---- the check ----

function check(): void {
  clearTimeout(timer);
  setInert(true);
  const level = levelChoice.value as Severity;
  const mode = modeChoice.value as Mode;
  checker.check({ documents: documents.parts(), current: documents.at, level, mode });
  command.show(documents, level, mode);
}

/** Places of a text that was: nobody should be led there. */
function setInert(inert: boolean): void {
  findings.inert = inert;
  set.inert = inert;
}

function ready(message: Ready): void {
  find('#version').textContent = `Bearproof ${message.version}, ruleset ${message.ruleset.slice(0, 19)}…`;
}

function catalogue(message: Catalogue): void {
  rules = new Map(message.rules.map((rule) => [rule.id, rule]));
  picker.tellKinds(message.kinds);
  document.documentElement.dataset['ready'] = '';
}

function checked(answer: Checked): void {
  const entry = answer.report.documents[documents.at];
  if (!entry) {
    failed('the report is empty');
    return;
  }
  documents.starts = answer.starts;
  setInert(false);
  findings.show(entry, answer.report.collection?.findings.length ?? 0, answer.took);
  set.show(answer.report);
  report.show(answer.text);
  story.show(answer.story, answer.stories, documents.count);
  editor.mark(
    entry.findings.flatMap(({ range, severity, message, rule }) =>
      range ? [{ ...documents.inEditor(range), severity, message, rule }] : [],
    ),
  );
  findings.highlightAt(editor.caret);
  if (!catalogued) {
    catalogued = true;
    checker.askCatalogue();
  }
}

function failed(message: string): void {
  setInert(false);
  findings.fail(message);
  set.fail();
  report.show('');
  story.clear();
  editor.mark([]);
}

// ---- what is in the editor ----

/** Opens documents in place of those that are open, the first in the editor. */
function openAll(chosen: readonly Opened[], about: readonly (Node | string)[]): void {
  const cut = documents.openAll(chosen);
  provenance.replaceChildren(...about, cut);
  set.fill();
  show(0);
}

function show(at: number): void {
  documents.choose(at);
  set.choose(at);
  editor.load(documents.text);
  check();
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

// ---- where a press leads ----

function goTo(range: Range): void {
  const { from, to } = documents.inEditor(range);
  editor.select(from, to);
}

function goToPlace(at: number, range: Range | undefined): void {
  if (at !== documents.at) show(at);
  if (range) goTo(range);
}

function explain(id: string): void {
  const rule = rules.get(id);
  explanation.replaceChildren(rule ? ruleView(rule) : make('p', { class: 'blank' }, `This build knows no rule ${id}.`));
  showTab('tab-rule');
  find('#tab-rule').focus();
}

const picker = new ExamplePicker(openExample);
levelChoice.addEventListener('change', check);
modeChoice.addEventListener('change', check);
const forgetFiles = mountFiles(find<HTMLInputElement>('#open'), openFiles, notOpened);

openExample(firstExample);
