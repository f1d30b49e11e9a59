/** How wide every picture is. */
export const WIDTH = 920;

/** What a picture is made of. */
export interface Picture {
  readonly height: number;
  readonly title: string;
  /** All of it in words. */
  readonly description: string;
  /** Lines of CSS, beside those that every picture has. */
  readonly styles: readonly string[];
  readonly body: string;
}

/** A document of SVG, readable on a white page and on a dark one, with no font but the reader's own. */
export function svgDocument({ height, title, description, styles, body }: Picture): string {
  const all = ['text { fill: #7d8590; }', '.end { text-anchor: end; }', '.middle { text-anchor: middle; }', ...styles];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="title description" font-family="-apple-system, 'Segoe UI', 'Noto Sans', Helvetica, Arial, sans-serif" font-size="12">
  <title id="title">${escaped(title)}</title>
  <desc id="description">${escaped(description)}</desc>
  <!-- Every colour is readable on a white page and on a dark one: the picture has no background and asks for no theme. -->
  <style>
${all.map((line) => `    ${line}`).join('\n')}
  </style>
${body}
</svg>
`;
}

/** To a tenth of a pixel. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** As text of XML. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
