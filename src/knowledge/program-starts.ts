/** What says that a source starts programs. */
const STARTS =
  /child_process|execa|shelljs|subprocess|os\.system|os\.popen|simple-git|Deno\.Command|ProcessBuilder|getRuntime\(\)|Open3|`git |ProcessStartInfo|Process\.Start|shell_exec|proc_open|\bexec\(|System\.cmd|Port\.open|os:cmd|System\.Process|sys\.process|java\.shell/;
/** Languages of which that is known. */
const SOURCE = /\.([cm]?[jt]sx?|py|rb|cs|fs|vb|java|kt|scala|groovy|php|exs?|erl|hs|cljs?)$/;

/** A file whose text tells whether it starts programs. */
export const isSource = (path: string): boolean => SOURCE.test(path);

/** True where the text of a source starts programs at all. */
export const startsPrograms = (text: string): boolean => STARTS.test(text);
