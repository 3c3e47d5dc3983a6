/** Has a button copy a text, and say for a moment whether it did. */
export function mountCopy(button: HTMLElement, text: () => string): void {
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
