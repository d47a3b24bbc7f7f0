import type { BuildEffect } from '../ecosystem.ts';
import { table } from '../table.ts';

/**
 * Packages that link or open a shared library of the distribution: its Debian package, or its development package where the
 * name depends on the release. By their documentation on https://pypi.org
 */
const LIBRARIES = table<string>({
  psycopg2: 'libpq5',
  psycopg2cffi: 'libpq5',
  psycopg: 'libpq5',
  'psycopg-c': 'libpq5',
  pygresql: 'libpq5',
  mysqlclient: 'libmariadb3',
  'mysql-python': 'libmariadb3',
  'flask-mysqldb': 'libmariadb3',
  mariadb: 'libmariadb3',
  pycurl: 'libcurl4-openssl-dev',
  'python-ldap': 'libldap2-dev',
  'django-auth-ldap': 'libldap2-dev',
  pygraphviz: 'graphviz',
  xmlsec: 'libxmlsec1-dev',
  'python3-saml': 'libxmlsec1-dev',
  pycairo: 'libcairo2',
  cairocffi: 'libcairo2',
  pygobject: 'libgirepository-1.0-1',
  'dbus-python': 'libdbus-1-3',
  uwsgi: 'libxml2',
  pyodbc: 'unixodbc',
  m2crypto: 'libssl-dev',
  pymssql: 'libsybdb5',
  cairosvg: 'libcairo2',
  weasyprint: 'libpango1.0-dev',
  'python-magic': 'libmagic-dev',
  pyaudio: 'libportaudio2',
  sounddevice: 'libportaudio2',
  'python-snappy': 'libsnappy1v5',
  'opencv-python': 'libgl1',
  'mod-wsgi': 'apache2',
  dlib: 'libopenblas0',
  kerberos: 'libkrb5-3',
  gssapi: 'libgssapi-krb5-2',
  pykerberos: 'libgssapi-krb5-2',
  'systemd-python': 'libsystemd0',
  pyzbar: 'libzbar-dev',
  pytesseract: 'tesseract-ocr',
  'cx-oracle': 'libaio-dev',
  pylibmc: 'libmemcached-dev',
  pyusb: 'libusb-1.0-0',
  pycrypto: 'libgmp10',
  fastecdsa: 'libgmp10',
  wand: 'libmagickwand-dev',
});

/** Packages whose older versions had no wheel with the library in it. */
const LIBRARIES_BEFORE: Readonly<
  Record<string, { readonly version: readonly [number, number]; readonly library: string }>
> = {
  // https://github.com/yaml/pyyaml/blob/main/CHANGES: wheels for Linux since 5.4
  pyyaml: { version: [5, 4], library: 'libyaml-dev' },
};

/** Programs that a package starts, by its documentation on https://pypi.org */
const PROGRAMS = table<readonly string[]>({
  gitpython: ['git'],
  'pre-commit': ['git'],
  ansible: ['ssh'],
  'ansible-core': ['ssh'],
  wand: ['convert'],
  // They compile what they are given when they run: by their own documentation on how to install them.
  theano: ['g++'],
  pytensor: ['g++'],
  pystan: ['g++'],
  brian2: ['g++'],
  triton: ['gcc'],
});

/** A package that a file or a command line names. */
export interface Requirement {
  /** Normalized: https://packaging.python.org/en/latest/specifications/name-normalization/ */
  readonly name: string;
  readonly extras: readonly string[];
  /** The version that is pinned; null where it is not. */
  readonly version: string | null;
  /** Packages of the libraries that an extension of the project itself links. */
  readonly links?: readonly string[];
  /** Folders below the prefix of the interpreter, or absolute ones, that a project puts files into; null where that is not known. */
  readonly data?: readonly string[] | null;
}

/** Before 53 it opens libgdk-pixbuf, which librsvg2-2 brings along in every release: https://doc.courtbouillon.org/weasyprint/stable/changelog.html */
const opensPixbuf = ({ name, version }: Requirement): boolean =>
  name === 'weasyprint' && (version === null || Number(version.split('.')[0]) < 53);

function libraryOf({ name, extras, version }: Requirement): string | null {
  // psycopg[binary] brings its library along.
  if (name === 'psycopg' && extras.includes('binary')) return null;
  const before = Object.hasOwn(LIBRARIES_BEFORE, name) ? LIBRARIES_BEFORE[name] : undefined;
  if (before !== undefined && version !== null) {
    const [major = 0, minor = 0] = version.split('.').map(Number);
    return major < before.version[0] || (major === before.version[0] && minor < before.version[1])
      ? before.library
      : null;
  }
  return Object.hasOwn(LIBRARIES, name) ? (LIBRARIES[name] ?? null) : null;
}

/** What installed packages need of the system; null where it cannot be read which these are. */
export function systemNeeds(requirements: readonly Requirement[] | null, what: string): BuildEffect[] {
  if (requirements === null) return [{ kind: 'assumes', code: 'DF307', args: { what } }];
  const brought = new Set(requirements.map(({ name }) => name));
  // The wheel that psycopg[binary] installs beside it.
  const own = requirements.filter(({ name }) => !(name === 'psycopg' && brought.has('psycopg-binary')));
  const found = own.flatMap((one) => {
    const library = libraryOf(one);
    const all = [
      ...(library === null ? [] : [library]),
      ...(opensPixbuf(one) ? ['librsvg2-2'] : []),
      ...(one.links ?? []),
    ];
    return all.map((each) => ({ name: one.name, library: each }));
  });
  const starts = own.flatMap(({ name }) => (Object.hasOwn(PROGRAMS, name) ? (PROGRAMS[name] ?? []) : []));
  return [
    ...starts.map((program): BuildEffect => ({ kind: 'starts', program })),
    ...(found.length === 0
      ? []
      : [
          {
            kind: 'needs-libraries',
            packages: found.map(({ library }) => library),
            because: [...new Set(found.map(({ name }) => name))].join(', '),
          } as const,
        ]),
  ];
}
