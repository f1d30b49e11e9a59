const PLAIN = /[A-Za-z0-9_-]/;

/**
 * Writes any text as one that stands where only letters, digits, `_`, `-` and `=` may: in a subject, in a channel's name.
 * Everything else is `=` and four hexadecimal digits for each UTF-16 unit; so two texts never look the same, whatever is
 * in them: dots, wildcards, spaces, control characters, halves of surrogate pairs, nothing at all.
 */
export function tokenOfName(name: string): string {
  if (name === '') return '=';
  let token = '';
  for (let index = 0; index < name.length; index++) {
    const unit = name.charAt(index);
    token += PLAIN.test(unit) ? unit : `=${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  }
  return token;
}

/** The text of a token; nothing when {@link tokenOfName} does not write it so. */
export function nameOfToken(token: string): string | undefined {
  const name =
    token === '='
      ? ''
      : token.replace(/=([0-9a-f]{4})/g, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)));
  return tokenOfName(name) === token ? name : undefined;
}
