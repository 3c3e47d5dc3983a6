// Words of a command line, quoted so that a terminal neither acts on them nor is deceived by them.

/** One argument for bash. A name with characters that do not show is written in `$'…'`. */
export function shellWord(text: string): string {
  if (/^[A-Za-z0-9_./:@%+=,][A-Za-z0-9_./:@%+=,-]*$/.test(text)) return text;
  const name = text.startsWith('-') ? `./${text}` : text;
  if (/^[A-Za-z0-9_./:@%+=,-]+$/.test(name)) return name;
  if (/^[\x20-\x7e\p{L}\p{N}]*$/u.test(name)) return `'${name.replace(/'/g, `'\\''`)}'`;
  const escaped = [...name].map((character) => {
    if (/[\\']/.test(character)) return `\\${character}`;
    if (/[\x20-\x7e\p{L}\p{N}]/u.test(character)) return character;
    const value = character.codePointAt(0) ?? 0;
    return value < 0x10000 ? `\\u${value.toString(16).padStart(4, '0')}` : `\\U${value.toString(16).padStart(8, '0')}`;
  });
  return `$'${escaped.join('')}'`;
}
