/** The list of media types by file name: https://manpages.debian.org/mime.types */
export const MIME_TYPES = '/etc/mime.types';

/** `types`: the type of a file by its name. `services`: the number of a service or protocol by its name. `toolkit`: windows, by a module of the language's own library. */
export type Asked = 'types' | 'services' | 'toolkit';

/**
 * What says that sources ask for something of the system, by extension. The standard libraries of these languages read the list of types where
 * there is one: https://pkg.go.dev/mime#TypeByExtension, https://docs.python.org/3/library/mimetypes.html#mimetypes.init. Those that
 * serve files ask them: https://pkg.go.dev/net/http#ServeContent, https://flask.palletsprojects.com/en/stable/api/#flask.send_file,
 * https://www.starlette.io/responses/#fileresponse, https://pkg.go.dev/github.com/gin-gonic/gin#RouterGroup.Static,
 * https://echo.labstack.com/docs/static-files. Services: https://pubs.opengroup.org/onlinepubs/9799919799/functions/endservent.html. Modules on Tk: https://docs.python.org/3/library/tk.html
 */
const ASKING: readonly (readonly [what: Asked, extension: RegExp, text: RegExp])[] = [
  [
    'types',
    /\.go$/,
    /\bmime\.(?:TypeByExtension|ExtensionsByType)\b|\bhttp\.(?:FileServer|FileServerFS|ServeFile|ServeFileFS|ServeContent)\b|\.(?:Static|StaticFS|StaticFile|SendFile|FileAttachment)\(/,
  ],
  [
    'types',
    /\.py$/,
    /\bmimetypes\b|\b(?:send_file|send_from_directory|FileResponse|StaticFiles|StaticFileHandler|add_static)\b/,
  ],
  ['services', /\.(c|cc|cpp|cxx|h|hh|hpp|py|rb|p[lm]|php|tcl)$/, /\bget(?:serv|proto)by(?:name|port|number)\b/],
  ['toolkit', /\.py$/, /^[ \t]*(?:import|from)[ \t]+(?:tkinter|Tkinter|_tkinter|turtle|idlelib)\b/m],
];

/** A file whose text may say so. */
export const mayAsk = (path: string): boolean => ASKING.some(([, extension]) => extension.test(path));

/** What a source asks for. */
export const askedBy = (path: string, text: string): readonly Asked[] =>
  ASKING.filter(([, extension, asks]) => extension.test(path) && asks.test(text)).map(([what]) => what);
