// The editor: CodeMirror in a shadow root, where its styles are constructed and not injected, so that the policy against
// inline styles holds. Findings are drawn by it and never computed here.
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import {
  bracketMatching,
  codeFolding,
  foldGutter,
  foldKeymap,
  HighlightStyle,
  indentOnInput,
  syntaxHighlighting,
} from '@codemirror/language';
import {
  linter,
  lintGutter,
  nextDiagnostic,
  previousDiagnostic,
  setDiagnostics,
  type Diagnostic,
} from '@codemirror/lint';
import { EditorState, Prec, type Extension } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { codePointName, unshowable } from '../shared/visible-text.js';
import { isolated, make } from '../shared/dom.js';
import { editorTheme } from './editor-theme.js';
import styles from './editor.css?inline';

export interface Mark {
  /** UTF-16 offsets into the editor's text, half-open; values beyond it are cut. */
  readonly from: number;
  readonly to: number;
  readonly severity: 'error' | 'warning' | 'notice' | 'info';
  readonly message: string;
  readonly rule: string;
}

const highlighting = HighlightStyle.define([
  { tag: tags.propertyName, class: 'tok-name' },
  { tag: tags.string, class: 'tok-string' },
  { tag: [tags.number, tags.bool, tags.null], class: 'tok-atom' },
  { tag: [tags.punctuation, tags.bracket, tags.separator], class: 'tok-punctuation' },
]);

/** Characters that would not show or would reorder the line are drawn as their code point, all but tabs. */
const special = highlightSpecialChars({
  specialChars: new RegExp(`(?!\\t)(?:${unshowable.source})`, 'gu'),
  render: (code) => make('span', { class: 'escape' }, codePointName(String.fromCodePoint(code))),
});

export interface EditorListener {
  /** The user changed the text. */
  edited(): void;
  /** The caret moved to this offset, or the text changed around it. */
  moved(offset: number): void;
}

export class Editor {
  private readonly view_: EditorView;
  private readonly listener_: EditorListener;
  private loading_ = false;

  /** @param host  an element without a shadow root; @param label  what a screen reader calls the editor */
  constructor(host: HTMLElement, label: string, listener: EditorListener) {
    this.listener_ = listener;
    const root = host.attachShadow({ mode: 'open', delegatesFocus: true });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    root.adoptedStyleSheets = [sheet];
    const place = make('div', { class: 'place' });
    root.append(place);
    this.view_ = new EditorView({ parent: place, root, state: this.state_('', label) });
  }

  get text(): string {
    return this.view_.state.doc.toString();
  }

  /** Shows another text, caret at its start; undo does not lead back to the old one. Not reported to the listener. */
  load(text: string): void {
    this.loading_ = true;
    this.view_.setState(this.state_(text, this.label_));
    this.loading_ = false;
    this.listener_.moved(0);
  }

  /** Underlines the marks, each at most to the end of its first line: a fault of the whole is not one of every line. */
  mark(marks: readonly Mark[]): void {
    const { doc } = this.view_.state;
    const diagnostics = marks.map((mark): Diagnostic => {
      const from = Math.min(mark.from, doc.length);
      return {
        from,
        to: Math.min(Math.max(mark.to, from), doc.lineAt(from).to),
        severity: mark.severity === 'notice' ? 'info' : mark.severity,
        markClass: `mark-${mark.severity}`,
        message: mark.message,
        renderMessage: () =>
          make('span', {}, isolated(mark.message, 400), make('span', { class: 'rule' }, ` ${mark.rule}`)),
      };
    });
    this.view_.dispatch(setDiagnostics(this.view_.state, diagnostics));
  }

  /** Selects a range, scrolls it into view and takes the focus. */
  select(from: number, to: number): void {
    const length = this.view_.state.doc.length;
    const [anchor, head] = [Math.min(to, length), Math.min(from, length)];
    this.view_.dispatch({
      // The caret stands where the range starts.
      selection: { anchor, head },
      effects: EditorView.scrollIntoView(head, { y: 'center' }),
    });
    this.view_.focus();
  }

  /** UTF-16 offset of the caret. */
  get caret(): number {
    return this.view_.state.selection.main.head;
  }

  /** Where the caret stands, from 1, the column in code points; and how many UTF-16 code units are selected. */
  get place(): { line: number; column: number; selected: number } {
    const { doc, selection } = this.view_.state;
    const { head, from, to } = selection.main;
    const line = doc.lineAt(head);
    const before = doc.sliceString(line.from, head);
    return { line: line.number, column: [...before].length + 1, selected: to - from };
  }

  private label_ = '';

  private state_(doc: string, label: string): EditorState {
    this.label_ = label;
    const extensions: Extension[] = [
      lineNumbers(),
      foldGutter(),
      codeFolding(),
      lintGutter(),
      linter(null, { tooltipFilter: (found) => found.slice(0, 8) }),
      special,
      history(),
      drawSelection(),
      indentOnInput(),
      bracketMatching(),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      syntaxHighlighting(highlighting),
      json(),
      EditorView.lineWrapping,
      editorTheme,
      EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', tabindex: '0' }),
      Prec.high(
        keymap.of([
          { key: 'F8', run: nextDiagnostic, shift: previousDiagnostic },
          // Tab indents, as it does in every editor; Escape first gives it back to the page.
          indentWithTab,
        ]),
      ),
      keymap.of([...foldKeymap, ...historyKeymap, ...defaultKeymap]),
      EditorView.updateListener.of((update) => {
        if (this.loading_) return;
        if (update.docChanged) this.listener_.edited();
        if (update.docChanged || update.selectionSet) this.listener_.moved(update.state.selection.main.head);
      }),
    ];
    return EditorState.create({ doc, extensions });
  }
}
