/**
 * Libraries of Ubuntu 26.04 that Debian's trixie has by the same name, by the slices of
 * https://github.com/canonical/chisel-releases, branch ubuntu-26.04 at 6e6b3d7b5950131c1ac5fa56305c83ea03801816.
 */
export const RESOLUTE: ReadonlySet<string> = new Set(
  (
    'libacl1 libaom3 libapparmor1 libapr1t64 libaprutil1t64 libapt-pkg7.0 libarchive13t64 libargon2-1 libasound2t64 ' +
    'libassuan9 libasyncns0 libatk-bridge2.0-0t64 libatk1.0-0t64 libatspi2.0-0t64 libattr1 libaudit1 libavahi-client3 ' +
    'libavahi-common3 libblas3 libblkid1 libbpf1 libbrotli1 libbs2b0 libbsd0 libbz2-1.0 libcairo-gobject2 libcairo2 ' +
    'libcap-ng0 libcap2 libcares2 libcbor0.10 libcdio-cdda2t64 libcdio-paranoia2t64 libcdio19t64 libchromaprint1 ' +
    'libcjson1 libcodec2-1.2 libcom-err2 libcrypt1 libcrypto++8t64 libcryptsetup12 libcups2t64 libcurl3t64-gnutls ' +
    'libcurl4t64 libdatrie1 libdav1d7 libdb5.3t64 libdbus-1-3 libdeflate0 libdevmapper1.02.1 libdrm-amdgpu1 ' +
    'libdrm-intel1 libdrm-nouveau2 libdrm-radeon1 libdrm2 libduktape207 libdvdnav4 libdvdread8t64 libecap3 libedit2 ' +
    'libelf1t64 libevent-2.1-7t64 libevent-core-2.1-7t64 libevent-extra-2.1-7t64 libevent-pthreads-2.1-7t64 libexif12 ' +
    'libexpat1 libfdisk1 libffi8 libfftw3-double3 libfido2-1 libflac14 libfontconfig1 libfontenc1 libfreetype6 ' +
    'libfribidi0 libgbm1 libgcrypt20 libgdbm-compat4t64 libgdbm6t64 libgdk-pixbuf-2.0-0 libgeoip1t64 libgflags2.2 ' +
    'libgif7 libgit2-1.9 libgl1 libglib2.0-0t64 libglvnd0 libglx0 libgme0 libgmp10 libgnutls30t64 libgomp1 ' +
    'libgpg-error0 libgraphite2-3 libgsm1 libgssapi-krb5-2 libharfbuzz0b libhashkit2t64 libhiredis1.1.0 libhogweed6t64 ' +
    'libhwloc15 libhwy1t64 libidn2-0 libip4tc2 libip6tc2 libisl23 libjansson4 libjbig0 libjemalloc2 libjq1 libjson-c5 ' +
    'libjxl0.11 libk5crypto3 libkeyutils1 libkmod2 libkrb5-3 liblcms2-2 libldap2 liblerc4 liblilv-0-0 libllvm17t64 ' +
    'libllvm19 liblmdb0 libltdl7 liblttng-ust1t64 liblua5.4-0 liblz4-1 liblzf1 liblzma5 liblzo2-2 libmagic1t64 ' +
    'libmaxminddb0 libmbedcrypto16 libmd0 libmemcached11t64 libmnl0 libmosquitto1 libmount1 libmp3lame0 libmpc3 ' +
    'libmpeg2-4 libmpfr6 libmpg123-0t64 libncurses6 libncursesw6 libnetfilter-conntrack3 libnettle8t64 libnfnetlink0 ' +
    'libnftables1 libnftnl11 libnghttp2-14 libnl-3-200 libnorm1t64 libnotify4 libnpth0t64 libnsl2 libnspr4 libnss3 ' +
    'libnuma1 libogg0 libonig5 libopenjp2-7 libopenmpt0t64 libopus0 libp11-kit0 libpam0g libpango-1.0-0 ' +
    'libpangocairo-1.0-0 libpangoft2-1.0-0 libpciaccess0 libpcre2-8-0 libpcsclite1 libperl5.40 libpgm-5.3-0t64 ' +
    'libpixman-1-0 libpng16-16t64 libpq5 libproc2-0 libprotobuf-c1 libproxy1v5 libpsl5t64 librabbitmq4 libraw1394-11 ' +
    'librdkafka++1 librdkafka1 libreadline8t64 librist4 librsvg2-2 librsvg2-common librtmp1 libsamplerate0 libsasl2-2 ' +
    'libseccomp2 libselinux1 libsemanage2 libsensors5 libsepol2 libserd-0-0 libsharpyuv0 libshine3 libsigsegv2 ' +
    'libslang2 libsmartcols1 libsnappy1v5 libsodium23 libsord-0-0 libsoxr0 libspeex1 libsqlite3-0 libsratom-0-0 ' +
    'libsrt1.5-gnutls libssh-4 libssh2-1t64 libssl3t64 libsubid5 libsvtav1enc2 libsystemd0 libtasn1-6 libtbb12 libtdb1 ' +
    'libthai0 libtiff6 libtinfo6 libtirpc3t64 libtwolame0 libudev1 libunibreak6 libunistring5 libunwind8 liburcu8t64 ' +
    'libuuid1 libuv1t64 libva-drm2 libva-x11-2 libva2 libvdpau1 libvidstab1.1 libvorbis0a libvorbisenc2 libvorbisfile3 ' +
    'libvpl2 libvulkan1 libwayland-client0 libwayland-egl1 libwayland-server0 libwebp7 libwebpmux3 libwebsockets19t64 ' +
    'libwrap0 libx11-6 libx11-xcb1 libx265-215 libxau6 libxcb-dri2-0 libxcb-dri3-0 libxcb-glx0 libxcb-present0 ' +
    'libxcb-randr0 libxcb-render0 libxcb-shape0 libxcb-shm0 libxcb-sync1 libxcb-xfixes0 libxcb1 libxcomposite1 ' +
    'libxdamage1 libxdmcp6 libxext6 libxfixes3 libxi6 libxkbcommon0 libxrandr2 libxrender1 libxres1 libxshmfence1 ' +
    'libxtables12 libxvidcore4 libxxf86vm1 libxxhash0 libyajl2 libyaml-0-2 libzimg2 libzix-0-0 libzmq5 libzstd1 ' +
    'libzvbi0t64 zlib1g'
  ).split(' '),
);
