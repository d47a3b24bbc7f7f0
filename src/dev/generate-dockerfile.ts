import fc from 'fast-check';

/** What projects of one kind write: an image, lines that build, and how the container starts. */
interface Kind {
  readonly images: readonly string[];
  readonly build: readonly string[];
  readonly start: readonly string[];
}

const KINDS: readonly Kind[] = [
  {
    images: ['golang:1.25', 'golang:1.22-alpine', 'golang:1.23-bookworm', 'docker.io/library/golang:1.25'],
    build: [
      'RUN go mod download',
      'RUN CGO_ENABLED=0 go build -o /bin/app .',
      'RUN go build -o /src/app ./cmd/app && rm -rf /root/.cache',
      'RUN --mount=type=cache,target=/root/.cache/go-build go build -ldflags "-s -w" -o /bin/app .',
      'RUN cd /src && GOOS=linux go build -o app && mv app /usr/local/bin/app',
    ],
    start: ['CMD ["/bin/app"]', 'ENTRYPOINT ["/src/app", "-v"]', 'CMD /bin/app --port $PORT', 'CMD ["app"]'],
  },
  {
    images: ['node:20', 'node:22-bookworm', 'node:20-alpine', 'node:20-slim'],
    build: [
      'RUN npm ci',
      'RUN npm ci && npm run build',
      'RUN npm install -g typescript && tsc',
      'RUN yarn install --frozen-lockfile',
    ],
    start: ['CMD ["node", "dist/main.js"]', 'CMD npm start', 'ENTRYPOINT ["node"]\nCMD ["server.js"]'],
  },
  {
    images: ['python:3.12', 'python:3.11-slim', 'python:3.12-alpine'],
    build: [
      'RUN pip install --no-cache-dir -r requirements.txt',
      'RUN apt-get update && apt-get install -y gcc libpq-dev && pip install psycopg2 && apt-get purge -y gcc',
      'RUN python -m venv /venv && /venv/bin/pip install flask',
    ],
    start: ['CMD ["python", "app.py"]', 'CMD gunicorn app:app', 'ENTRYPOINT ["/venv/bin/python", "x.py"]'],
  },
  {
    images: ['rust:1.80', 'rust:1-slim-bookworm'],
    build: ['RUN cargo build --release', 'RUN cargo install --path .'],
    start: ['CMD ["target/release/app"]', 'CMD ["app"]'],
  },
  {
    images: ['debian:bookworm', 'ubuntu:24.04', 'debian:12-slim'],
    build: [
      'RUN apt-get update && apt-get install -y build-essential curl && rm -rf /var/lib/apt/lists/*',
      'RUN gcc -o /usr/local/bin/app main.c',
      'RUN make && make install',
      'RUN apt-get update \\\n  && apt-get install -y --no-install-recommends \\\n     gcc \\\n     # for the database\n     libpq-dev \\\n  && rm -rf /var/lib/apt/lists/*',
    ],
    start: ['CMD ["app"]', 'CMD ["/usr/local/bin/app"]'],
  },
  {
    images: ['alpine:3.20'],
    build: [
      'RUN apk add --no-cache gcc musl-dev',
      'RUN apk add --virtual .b gcc && gcc -o /a a.c && apk del .b',
      'RUN gcc -static -o /a a.c',
    ],
    start: ['CMD ["/a"]'],
  },
  {
    images: ['maven:3.9-eclipse-temurin-21', 'eclipse-temurin:21-jdk', 'ruby:3.3', 'php:8.3-apache', 'gcc:13'],
    build: ['RUN mvn -q package', 'RUN bundle install', 'RUN docker-php-ext-install pdo_mysql', 'RUN make'],
    start: ['CMD ["java", "-jar", "target/app.jar"]', 'CMD ["ruby", "app.rb"]', 'CMD ["/src/app"]'],
  },
];

/** Instructions that stand anywhere. */
const NOISE: readonly string[] = [
  'ENV PORT=8080',
  'ENV GREETING="hello  world" NAME=\'x y\'',
  'ENV OLD form of env',
  'ENV PATH=/opt/bin:$PATH',
  'ARG VERSION=1.2.3',
  'ARG TARGETARCH',
  'LABEL version=$VERSION maintainer="Zoë <zoe@example.com>"',
  'MAINTAINER someone',
  'EXPOSE 8080/tcp 9090',
  'VOLUME /data',
  'VOLUME ["/a b", "/c"]',
  'WORKDIR app',
  'WORKDIR /srv/$NAME',
  'USER root',
  'USER 1000:1000',
  'USER nobody',
  'STOPSIGNAL SIGINT',
  'HEALTHCHECK --interval=5s CMD curl -f http://localhost/ || exit 1',
  'HEALTHCHECK NONE',
  'ONBUILD RUN echo hi',
  'SHELL ["/bin/bash", "-o", "pipefail", "-c"]',
  'COPY . .',
  'COPY --chown=1000:1000 conf /etc/conf/',
  'COPY ["a b.txt", "/a b.txt"]',
  'COPY package*.json requirements.txt go.mod ./',
  'COPY --link static /static',
  'ADD https://example.com/x.tar.gz /tmp/',
  'ADD rootfs.tar /',
  'COPY <<EOF /etc/motd\n# not a comment\nFROM nothing\n\nEOF',
  'RUN <<\'EOT\'\nset -e\nmkdir -p /data\n\techo "$HOME" > /data/x\nEOT',
  'RUN <<-A cat > /x && <<B cat > /y\n\tone\n\tA\ntwo\nB',
  'RUN ["mkdir", "-p", "/var/lib/app"]',
  'RUN mkdir -p /data && chown -R 1000 /data',
  'RUN useradd -m app',
  'RUN addgroup -S app && adduser -S app -G app',
  'RUN rm -rf /tmp/* /var/cache',
  'RUN if [ "$VERSION" = 1 ]; then echo a; else touch /b; fi',
  'RUN for f in a b; do touch /$f; done',
  'RUN echo "a  # no comment" \\\n    && echo \'b\'',
  'RUN curl -fsSL https://example.com/x.tar.gz | tar xz -C /opt',
  'RUN frobnicate --all',
  'RUN ln -sf /usr/share/zoneinfo/UTC /etc/localtime',
];

/** Work on what `COPY . /src` brings from the repository. */
const WORK: readonly string[] = [
  'RUN cp -r /src/conf /srv/conf && chmod -R g+w /srv/conf',
  'RUN mv /src/static /srv/www',
  'RUN chown -R 1000:1000 /src',
  'RUN chown www-data /src/static && chmod 750 /src/static && chmod o+x /src/static',
  'RUN sed -i "s/a/b/" /src/conf/a.conf',
  'RUN install -d -m 770 -o nobody /data/spool && ln -s /data/spool /src/spool',
  'RUN find /src/static -type f -exec chmod 600 {} +',
  'RUN tar -C /src -cf /tmp/conf.tar conf && tar -xf /tmp/conf.tar -C /etc && rm /tmp/conf.tar',
  'RUN (cat /src/conf/a.conf > /src/all.conf || true) && cp /src/all.conf /etc/all.conf',
  'RUN echo größe > /größe',
];

/** A repository that has what the lines name. */
export const project: Readonly<Record<string, string>> = {
  'a b.txt': 'a\n',
  'a.c': 'int main(void) { return 0; }\n',
  'main.c': '#include <stdio.h>\nint main(void) { puts("hello"); return 0; }\n',
  Makefile: 'app: main.c\n\tcc -o app main.c\n\ninstall: app\n\tinstall app /usr/local/bin/app\n',
  'go.mod': 'module example.com/app\n\ngo 1.22\n',
  'main.go': 'package main\n\nfunc main() { println("hello") }\n',
  'cmd/app/main.go': 'package main\n\nfunc main() { println("hello") }\n',
  'package.json': '{"name":"app","version":"1.0.0","scripts":{"build":"tsc","start":"node dist/main.js"}}\n',
  'package-lock.json': '{"name":"app","version":"1.0.0","lockfileVersion":3,"packages":{"":{"name":"app"}}}\n',
  'tsconfig.json': '{"compilerOptions":{"outDir":"dist"}}\n',
  'main.ts': 'console.log("hello");\n',
  'server.js': 'console.log("hello");\n',
  'requirements.txt': 'flask==3.0.0\n',
  'app.py': 'import flask\n\napp = flask.Flask(__name__)\n',
  'Cargo.toml': '[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n',
  'src/main.rs': 'fn main() { println!("hello"); }\n',
  'pom.xml': '<project><groupId>x</groupId><artifactId>app</artifactId><version>1</version></project>\n',
  Gemfile: 'source "https://rubygems.org"\n',
  'app.rb': 'puts "hello"\n',
  'conf/a.conf': 'a=1\n',
  'static/css/app.css': 'p { color: red }\n',
  'static/index.html': '<p>hello</p>\n',
  'rootfs.tar': '',
};

/** Lines that change nothing. */
const IDLE: readonly string[] = ['', '   ', '# a note', '  # indented: COPY --from=0', '#', '# größe 日本', '\t'];

const pick = <T>(list: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...list);

/** The keyword in another case, and more space behind it. */
const spelled = (line: string): fc.Arbitrary<string> =>
  fc
    .tuple(fc.nat(9), pick([' ', '  ', '\t']), pick(['', '', '', ' ']))
    .map(([lower, space, indent]) =>
      line
        .replace(/^([A-Z]+) /gm, (match, word: string, at: number) =>
          at > 0 ? match : `${lower === 0 ? word.toLowerCase() : word}${space}`,
        )
        .replace(/^/, indent),
    );

const withIdle = (line: string): fc.Arbitrary<string> =>
  fc.tuple(fc.array(pick(IDLE), { maxLength: 2 }), spelled(line)).map(([idle, text]) => [...idle, text].join('\n'));

/** One stage that builds: FROM, lines in any order, and how it starts. */
const stageOf = (name: string, earlier: number): fc.Arbitrary<string> =>
  pick(KINDS).chain((kind) =>
    fc
      .tuple(
        pick(kind.images),
        fc.array(pick(NOISE), { maxLength: 4 }),
        fc.array(pick(kind.build), { minLength: 1, maxLength: 3 }),
        fc
          .boolean()
          .chain((copies) =>
            fc.tuple(
              fc.constant(copies),
              fc.array(pick([...NOISE, ...(copies ? WORK : [])]), { maxLength: 4 }),
              fc.array(pick([...NOISE, ...(copies ? WORK : []), ...pickReferences(earlier)]), { maxLength: 3 }),
            ),
          ),
        fc.option(pick(kind.start), { nil: '' }),
      )
      .chain(([image, before, build, [copies, between, after], start]) => {
        const lines = [
          `FROM ${image}${name}`,
          'WORKDIR /src',
          ...before,
          ...(copies ? ['COPY . /src'] : []),
          ...build.flatMap((line, index) => [line, ...between.slice(index, index + 1)]),
          ...after,
          ...(start === '' ? [] : start.split('\n')),
        ];
        return fc.tuple(...lines.map(withIdle)).map((all) => all.join('\n'));
      }),
  );

function pickReferences(earlier: number): string[] {
  return Array.from({ length: earlier }, (_, index) => [
    `COPY --from=${index} /bin/app /bin/other`,
    `COPY --from=+${index} /src /other`,
    `COPY --chown=1:1 --from="0${index}" /src /third`,
  ]).flat();
}

/** Valid Dockerfiles: all instructions and forms, ecosystems mixed with noise, comments and line breaks of every kind. */
export const dockerfiles: fc.Arbitrary<string> = fc
  .tuple(
    fc.nat(2),
    pick(['\n', '\n', '\n', '\r\n']),
    pick(['', '', '\uFEFF']),
    pick(['', '# syntax=docker/dockerfile:1\n', 'ARG GLOBAL=1\n']),
    fc.boolean(),
  )
  .chain(([stages, eol, bom, head, closed]) =>
    fc
      .tuple(
        ...Array.from({ length: stages + 1 }, (_, index) =>
          pick(['', '', ` AS s${index}`, ` as Stage${index}`]).chain((name) => stageOf(name, index)),
        ),
      )
      .map((texts) => bom + `${head}${texts.join('\n\n')}${closed ? '\n' : ''}`.replaceAll('\n', eol)),
  );
