/** Reads CSV as RFC 4180 has it, one character after the other; shares nothing with the writer. For tests. */
export function parsed(csv: string): readonly (readonly string[])[] {
  if (!csv.startsWith('\uFEFF')) throw new Error('the file does not begin with a byte order mark');
  const rows: string[][] = [];
  let row: string[] = [];
  let text = '';
  let quoted = false;
  for (let place = 1; place < csv.length; place++) {
    const letter = csv[place]!;
    if (quoted) {
      if (letter !== '"') text += letter;
      else if (csv[place + 1] === '"') text += csv[place++]!;
      else quoted = false;
    } else if (letter === '"' && text === '') quoted = true;
    else if (letter === ',') {
      row.push(text);
      text = '';
    } else if (letter === '\r' && csv[place + 1] === '\n') {
      rows.push([...row, text]);
      [row, text] = [[], ''];
      place++;
    } else text += letter;
  }
  if (row.length > 0 || text !== '') throw new Error('the file does not end with a line end');
  return rows;
}
