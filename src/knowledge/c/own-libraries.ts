/** What every program of C++ links of its compiler: https://gcc.gnu.org/onlinedocs/libstdc++/manual/using_dynamic_or_shared.html */
export const OF_CPP = ['libstdc++.so.6', 'libgcc_s.so.1'];
/** A package of the distribution with another library of a compiler: https://gcc.gnu.org/onlinedocs/gcc/Link-Options.html */
export const isOfCompiler = (name: string): boolean =>
  /^lib(gomp1|quadmath0|gfortran\d+|atomic1|[altu]b?san\d+|itm1|objc4)$/.test(name);
/** Where the loader is told of folders with libraries: https://manpages.debian.org/ldconfig */
export const LOADER_FOLDERS = '/etc/ld.so.conf.d';
