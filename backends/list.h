/*
 * Every backend, one line each, in the order of codist list; those of optional
 * libraries with a line for the builds that lack them.
 */
CODIST_BACKEND(deflate)
CODIST_BACKEND(deflate_dict)
#ifdef HAVE_LZMA
CODIST_BACKEND(lzma)
CODIST_BACKEND(lzma_dict)
#else
CODIST_ABSENT("lzma", "liblzma (Debian: liblzma-dev)")
CODIST_ABSENT("lzma-dict", "liblzma (Debian: liblzma-dev)")
#endif
#ifdef HAVE_BZIP2
CODIST_BACKEND(bzip2)
#else
CODIST_ABSENT("bzip2", "libbz2 (Debian: libbz2-dev)")
#endif
#ifdef HAVE_ZSTD
CODIST_BACKEND(zstd)
CODIST_BACKEND(zstd_dict)
#else
CODIST_ABSENT("zstd", "libzstd >= 1.5.1 (Debian: libzstd-dev)")
CODIST_ABSENT("zstd-dict", "libzstd >= 1.5.1 (Debian: libzstd-dev)")
#endif
#ifdef HAVE_BROTLI
CODIST_BACKEND(brotli)
#else
CODIST_ABSENT("brotli", "libbrotlienc (Debian: libbrotli-dev)")
#endif
#ifdef HAVE_LZ4
CODIST_BACKEND(lz4)
#else
CODIST_ABSENT("lz4", "liblz4 >= 1.9.0 (Debian: liblz4-dev)")
#endif
#ifdef HAVE_ZOPFLI
CODIST_BACKEND(zopfli)
#else
CODIST_ABSENT("zopfli", "libzopfli (Debian: libzopfli-dev)")
#endif
#ifdef HAVE_LIBDEFLATE
CODIST_BACKEND(libdeflate)
#else
CODIST_ABSENT("libdeflate", "libdeflate >= 1.7 (Debian: libdeflate-dev)")
#endif
#ifdef HAVE_LIBARCHIVE
CODIST_BACKEND(ppmd)
#else
CODIST_ABSENT("ppmd", "libarchive (Debian: libarchive-dev)")
#endif
#ifdef HAVE_JBIG
CODIST_BACKEND(jbig)
#else
CODIST_ABSENT("jbig", "JBIG-KIT (Debian: libjbig-dev)")
#endif
CODIST_BACKEND(ctw_image)
CODIST_BACKEND(refine_image)
CODIST_BACKEND(null)
CODIST_BACKEND(command)
