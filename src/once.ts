/** The value that `make` gives, made when it is first asked for: of all tables, a judge of one command needs few. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
