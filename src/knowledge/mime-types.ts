/** The list of media types by file name: https://manpages.debian.org/mime.types */
export const MIME_TYPES = '/etc/mime.types';

/**
 * What says that sources ask for the type of a file by its name, by extension. The standard libraries of these languages read the list where
 * there is one: https://pkg.go.dev/mime#TypeByExtension, https://docs.python.org/3/library/mimetypes.html#mimetypes.init. Those that
 * serve files ask them: https://pkg.go.dev/net/http#ServeContent, https://flask.palletsprojects.com/en/stable/api/#flask.send_file,
 * https://www.starlette.io/responses/#fileresponse, https://pkg.go.dev/github.com/gin-gonic/gin#RouterGroup.Static,
 * https://echo.labstack.com/docs/static-files
 */
const ASKING: readonly (readonly [extension: RegExp, text: RegExp])[] = [
  [
    /\.go$/,
    /\bmime\.(?:TypeByExtension|ExtensionsByType)\b|\bhttp\.(?:FileServer|FileServerFS|ServeFile|ServeFileFS|ServeContent)\b|\.(?:Static|StaticFS|StaticFile|SendFile|FileAttachment)\(/,
  ],
  [
    /\.py$/,
    /\bmimetypes\b|\b(?:send_file|send_from_directory|FileResponse|StaticFiles|StaticFileHandler|add_static)\b/,
  ],
];

/** A file whose text may say so. */
export const mayAskForTypes = (path: string): boolean => ASKING.some(([extension]) => extension.test(path));

/** True where a source asks for the types of files. */
export const asksForTypes = (path: string, text: string): boolean =>
  ASKING.some(([extension, asks]) => extension.test(path) && asks.test(text));
