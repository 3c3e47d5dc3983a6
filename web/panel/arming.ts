// When a press on a confirming button counts. A person must have had the time to see what the button does: it stood still,
// whole and uncovered for half a second, in a window that had the focus. Whatever comes earlier starts that time anew.

/** How long the button has to stand still and be seen, in milliseconds. */
export const standing = 500;
/** Presses that come too early before the confirmation gives up. */
export const mostEarly = 20;
/** A frame that took longer counts as this long, in milliseconds: time that nobody could see anything in is no time to read. */
const longestFrame = 100;
/** Least size of a button that can be seen, in CSS pixels. */
const leastSize = 20;
/** Least opacity at which something is seen. */
const leastOpacity = 0.9;

export interface ArmingListener {
  /** The button counts now, or does not count any more. */
  armed(armed: boolean): void;
  /** There were too many early presses. */
  gaveUp(): void;
  /** The button was pressed by a person while it counted. */
  confirmed(): void;
}

interface Place {
  readonly rect: DOMRect;
  readonly window: string;
}

/** The element that contains another on the screen: across shadow roots and slots. */
function around(element: Element): Element | null {
  if (element.assignedSlot) return element.assignedSlot;
  if (element.parentElement) return element.parentElement;
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}

/** Whether nothing makes the element fainter than a person can read. */
function isOpaque(element: Element): boolean {
  let opacity = 1;
  for (let at: Element | null = element; at; at = around(at)) {
    const style = getComputedStyle(at);
    opacity *= Number(style.opacity);
    if (style.visibility !== 'visible' || style.clipPath !== 'none' || style.maskImage !== 'none') return false;
    if (/opacity|brightness|contrast|blur/.test(style.filter)) return false;
  }
  return opacity >= leastOpacity;
}

/** Has the page hit-test what lets clicks through, too: what covers the button need not catch its clicks. */
let catching: CSSStyleSheet | undefined;

/** The innermost element at a point of the window, across shadow roots. */
function hit(x: number, y: number): Element | null {
  let found = document.elementFromPoint(x, y);
  for (;;) {
    const inner = found?.shadowRoot?.elementFromPoint(x, y);
    if (!inner || inner === found) return found;
    found = inner;
  }
}

/** Whether the button, and nothing else, is what stands at each of its corners and its middle. */
function isUncovered(button: Element, rect: DOMRect, thorough: boolean): boolean {
  const inset = 3;
  const points: [number, number][] = [
    [rect.left + rect.width / 2, rect.top + rect.height / 2],
    [rect.left + inset, rect.top + rect.height / 2],
    [rect.right - inset, rect.top + rect.height / 2],
    [rect.left + rect.width / 2, rect.top + inset],
    [rect.left + rect.width / 2, rect.bottom - inset],
  ];
  const isButton = ([x, y]: [number, number]) => {
    const found = hit(x, y);
    return found !== null && (found === button || button.contains(found));
  };
  if (!points.every(isButton)) return false;
  if (!thorough) return true;
  if (!catching) {
    catching = new CSSStyleSheet();
    catching.replaceSync('*,*::before,*::after{pointer-events:auto!important}');
  }
  const sheet = catching;
  // Nothing is painted in between.
  document.adoptedStyleSheets.push(sheet);
  try {
    return points.every(isButton);
  } finally {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
  }
}

export class Arming {
  readonly #button: HTMLElement;
  readonly #listener: ArmingListener;
  readonly #end = new AbortController();
  #frame = 0;
  /** Up to when has been counted, in milliseconds of the page's clock. */
  #last = performance.now();
  #place: Place | undefined;
  #stood = 0;
  #armed = false;
  #early = 0;
  /** The press under way: whether it began while the button counted. */
  #press: 'early' | 'good' | undefined;

  /** Starts at once. @param area  presses inside are presses of this confirmation; elements with `data-harmless` are not */
  constructor(button: HTMLElement, area: HTMLElement, listener: ArmingListener) {
    this.#button = button;
    this.#listener = listener;
    const { signal } = this.#end;
    const restart = () => this.#restart();
    for (const type of ['blur', 'focus', 'resize', 'pagehide', 'pageshow']) {
      window.addEventListener(type, (event) => event.target === window && restart(), { signal, capture: true });
    }
    document.addEventListener('visibilitychange', restart, { signal });
    window.addEventListener('scroll', restart, { signal, capture: true, passive: true });
    area.addEventListener('pointerdown', (event) => this.#pressed(event), { signal, capture: true });
    area.addEventListener('keydown', (event) => this.#pressed(event), { signal, capture: true });
    area.addEventListener('click', (event) => this.#clicked(event), { signal, capture: true });
    this.#frame = requestAnimationFrame(this.#look);
  }

  get armed(): boolean {
    return this.#armed;
  }

  stop(): void {
    this.#end.abort();
    cancelAnimationFrame(this.#frame);
  }

  readonly #look = (time: number): void => {
    if (this.#end.signal.aborted) return;
    this.#frame = requestAnimationFrame(this.#look);
    // Negative for a frame that began before the restart: what passed before a press is not counted.
    const passed = Math.min(time - this.#last, longestFrame);
    this.#last = time;
    if (!this.#stands(false)) {
      this.#restart();
      return;
    }
    this.#stood += passed;
    if (this.#armed || this.#stood < standing) return;
    if (this.#stands(true)) this.#set(true);
    else this.#restart();
  };

  /** Whether the button can be seen, stands where it stood, and may be pressed. */
  #stands(thorough: boolean): boolean {
    const button = this.#button;
    const rect = button.getBoundingClientRect();
    const place = { rect, window: [screenX, screenY, innerWidth, innerHeight, devicePixelRatio].join() };
    const before = this.#place;
    this.#place = place;
    const still =
      before !== undefined &&
      before.window === place.window &&
      (['x', 'y', 'width', 'height'] as const).every((side) => Math.abs(before.rect[side] - rect[side]) < 0.5);
    return (
      still &&
      document.visibilityState === 'visible' &&
      document.hasFocus() &&
      rect.width >= leastSize &&
      rect.height >= leastSize &&
      rect.top >= 0 &&
      rect.left >= 0 &&
      rect.bottom <= innerHeight &&
      rect.right <= innerWidth &&
      isUncovered(button, rect, thorough) &&
      (!thorough || isOpaque(button))
    );
  }

  #restart(): void {
    this.#stood = 0;
    this.#last = performance.now();
    this.#set(false);
  }

  #set(armed: boolean): void {
    if (this.#armed === armed) return;
    this.#armed = armed;
    this.#listener.armed(armed);
  }

  #isHarmless(event: Event): boolean {
    return event.composedPath().some((at) => at instanceof Element && at.hasAttribute('data-harmless'));
  }

  #pressed(event: PointerEvent | KeyboardEvent): void {
    if (!event.isTrusted) return;
    if (event instanceof KeyboardEvent) {
      if (['Tab', 'Shift', 'Control', 'Alt', 'Meta', 'Escape'].includes(event.key)) return;
      if (event.repeat) {
        // A key that is held down says nothing about what its holder sees.
        event.preventDefault();
        this.#press = 'early';
        this.#restart();
        return;
      }
    }
    if (this.#isHarmless(event)) return;
    this.#press = this.#armed && this.#stands(true) ? 'good' : 'early';
    if (this.#press === 'early') this.#tooEarly();
  }

  #clicked(event: MouseEvent): void {
    if (this.#isHarmless(event)) return;
    event.preventDefault();
    event.stopPropagation();
    const press = this.#press;
    this.#press = undefined;
    if (!event.isTrusted || !event.composedPath().includes(this.#button)) return;
    // A second click of a double click was begun before anyone could have read the answer to the first. What assistive
    // technology presses comes without a press before it.
    if (event.detail > 1 || press === 'early' || !this.#armed || !this.#stands(true)) {
      if (press !== 'early') this.#tooEarly();
      return;
    }
    this.stop();
    this.#listener.confirmed();
  }

  #tooEarly(): void {
    this.#restart();
    if (++this.#early < mostEarly) return;
    this.stop();
    this.#listener.gaveUp();
  }
}
