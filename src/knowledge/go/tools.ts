import { table } from '../table.ts';

/** Programs that write Go sources beside the ones they read, and nothing else. */
export const GENERATORS: readonly string[] =
  'qtc easyjson stringer enumer mockgen mockery msgp ffjson templ wire counterfeiter sqlc gqlgen oapi-codegen moq go-enum go-bindata go-bindata-assetfs deepcopy-gen controller-gen genqlient ent entc sqlboiler protoc-gen-go protoc-gen-go-grpc protoc-gen-gogo buf jsonenums go-generics goyacc nex pigeon hero quicktemplate packr packr2 statik pkger esc fileb0x rice embedmd gotext genny xo gomodifytags impl ffjson gowrap goderive mapstructure-gen go-localize'.split(
    ' ',
  );

/** Programs that check, measure and fetch while one builds. */
export const CHECKERS: readonly string[] =
  'gofmt golint staticcheck golangci-lint govulncheck goimports gofumpt errcheck gosec ginkgo gotestsum gocov gocov-xml gocover-cobertura go-junit-report ineffassign misspell gocyclo revive nilaway go-licenses licensei addlicense cyclonedx-gomod'.split(
    ' ',
  );

/** Programs that watch the sources and build what they run, and the debugger that does: https://github.com/mitranim/gow, https://github.com/bokwoon95/wgo, https://github.com/cortesi/modd */
export const RUNNERS: readonly string[] = [
  'realize',
  'air',
  'reflex',
  'CompileDaemon',
  'gin',
  'fresh',
  'gow',
  'wgo',
  'modd',
  'dlv',
];

/** Programs that people install into the folder of programs and that serve the build alone. */
export const BUILD_TOOLS: ReadonlySet<string> = new Set([
  ...GENERATORS,
  ...CHECKERS,
  ...RUNNERS,
  ...'dep glide govendor godep gvt gox gxz govvv goversioninfo mage task goreleaser gomobile garble swag swagger protoc-gen-grpc-gateway protoc-gen-swagger protoc-gen-openapiv2 protoc-gen-validate protoc-gen-doc minify xgo go-winres rsrc'.split(
    ' ',
  ),
]);
/**
 * Commands of the debugger by whether they compile what they debug; a server for editors compiles what it is asked to:
 * https://github.com/go-delve/delve/blob/master/Documentation/usage/dlv.md
 */
const DEBUGS = table<boolean>({
  debug: true,
  test: true,
  trace: true,
  dap: true,
  exec: false,
  attach: false,
  connect: false,
  core: false,
  replay: false,
});

/** `dlv exec /app`: it starts a program that is there. */
export function debugsProgram(argv: readonly (string | null)[]): boolean {
  const command = argv.find((word) => word !== null && Object.hasOwn(DEBUGS, word));
  return argv[0] === 'dlv' && DEBUGS[command ?? ''] === false;
}

/** The name of the program that a package path stands for: `go run github.com/a/b/cmd/c@v1`, `github.com/a/b/...`. */
export function toolOf(path: string): string {
  const parts = path
    .replace(/@.*$/s, '')
    .split('/')
    .filter((part) => part !== '...' && !/^v\d+$/.test(part));
  return parts.at(-1) ?? '';
}
