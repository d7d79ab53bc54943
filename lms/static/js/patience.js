// A signal that breaks off what was asked of the server after so many milliseconds.
export function until(patience) {
  const breaking = new AbortController();
  setTimeout(() => breaking.abort(), patience);
  return breaking.signal;
}
