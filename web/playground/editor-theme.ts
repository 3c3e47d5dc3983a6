// Colours of the editor, from the page's tokens. CodeMirror draws markers and underlines with data: images; the policy
// admits none, so both are drawn with CSS here.
import { EditorView } from '@codemirror/view';

const underline = (colour: string, style: string) => ({
  backgroundImage: 'none',
  paddingBottom: '0',
  textDecoration: `underline ${style} 2px ${colour}`,
  textDecorationSkipInk: 'none',
  textUnderlineOffset: '3px',
});

const marker = (colour: string, clipPath: string) => ({
  content: 'normal',
  inlineSize: '0.7em',
  blockSize: '0.7em',
  marginBlock: '0.38em',
  backgroundColor: colour,
  clipPath,
  forcedColorAdjust: 'none',
});

const triangle = 'polygon(50% 5%, 100% 95%, 0 95%)';
const octagon = 'polygon(30% 0, 70% 0, 100% 30%, 100% 70%, 70% 100%, 30% 100%, 0 70%, 0 30%)';

export const editorTheme = EditorView.theme({
  '&': { height: '100%', color: 'var(--text)', backgroundColor: 'var(--panel)', fontSize: '13.5px' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.55' },
  '.cm-content': { padding: '0.6rem 0', caretColor: 'var(--text)' },
  '.cm-line': { padding: '0 0.9rem 0 0.4rem' },
  '.cm-cursor': { borderLeftColor: 'var(--text)', borderLeftWidth: '2px' },
  '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--accent) 7%, transparent)' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    backgroundColor: 'color-mix(in srgb, var(--accent) 28%, transparent)',
  },
  '.cm-gutters': { color: 'var(--muted)', backgroundColor: 'var(--panel)', border: 'none' },
  '.cm-activeLineGutter': { color: 'var(--text)', backgroundColor: 'transparent' },
  '.cm-lineNumbers .cm-gutterElement': { paddingInline: '0.6rem 0.35rem', fontSize: '12px' },
  '.cm-foldGutter .cm-gutterElement': { cursor: 'pointer' },
  '.cm-foldPlaceholder': { color: 'var(--accent)', backgroundColor: 'var(--accent-dim)', border: 'none' },
  '.cm-matchingBracket': { backgroundColor: 'var(--accent-dim)' },
  '.cm-gutter-lint': { width: '1.15em' },
  '.cm-gutter-lint .cm-gutterElement': { padding: '0 0 0 0.35em' },
  '.cm-lint-marker-error': marker('var(--bad)', octagon),
  '.cm-lint-marker-warning': marker('var(--warn)', triangle),
  '.cm-lint-marker-info': marker('var(--accent)', 'circle(50%)'),
  '.cm-lintRange-error': underline('var(--bad)', 'wavy'),
  '.cm-lintRange-warning': underline('var(--warn)', 'wavy'),
  '.cm-lintRange-info': underline('var(--accent)', 'dotted'),
  '.cm-lintRange-active': { backgroundColor: 'var(--warn-dim)' },
  '.cm-lintPoint::after': { borderBottomColor: 'var(--bad)' },
  '.cm-tooltip': {
    color: 'var(--text)',
    backgroundColor: 'var(--panel)',
    border: '1px solid var(--line-2)',
    borderRadius: 'var(--radius-s)',
    overflow: 'hidden',
    boxShadow: '0 8px 24px -8px rgb(0 0 0 / 35%)',
    maxWidth: 'min(32rem, 90vw)',
  },
  '.cm-diagnostic': {
    padding: '0.4rem 0.7rem',
    fontFamily: 'var(--sans)',
    fontSize: '13px',
    overflowWrap: 'anywhere',
    borderLeftWidth: '4px',
  },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--bad)' },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--warn)' },
  '.cm-diagnostic-info': { borderLeftColor: 'var(--accent)' },
});
