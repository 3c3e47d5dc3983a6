// What the generators of C++ sources share.

/** @returns {string} the characters of a text as they stand in a C++ string literal, between its quotation marks */
export function escaped(text) {
  let out = '';
  for (const byte of Buffer.from(text, 'utf8')) {
    if (byte === 0x22 || byte === 0x5c || byte === 0x3f) out += '\\' + String.fromCharCode(byte);
    else if (byte === 0x0a) out += '\\n';
    else if (byte < 0x20 || byte > 0x7e) out += '\\' + byte.toString(8).padStart(3, '0');
    else out += String.fromCharCode(byte);
  }
  return out;
}

/** @returns {string} a C++ string literal */
export const literal = (text) => `"${escaped(text)}"`;
