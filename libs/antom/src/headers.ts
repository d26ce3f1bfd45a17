type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Header names are the same in any case. A header that came several times is joined, as HTTP has it. */
export function headerReader(headers: Headers): (name: string) => string | undefined {
  const byName = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return (name) => {
    const value = byName.get(name);
    return typeof value === 'object' ? value.join(', ') : value;
  };
}
