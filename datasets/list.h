/*
 * The plug-ins of the data doors, one line each, in the order of codist list;
 * those of optional libraries with a line for the builds that lack them.
 */
#ifdef CODIST_LOADER
CODIST_LOADER(arff)
#ifdef HAVE_CSV
CODIST_LOADER(csv)
#else
CODIST_ABSENT("csv", "libcsv (Debian: libcsv-dev)")
#endif
CODIST_LOADER(fasta)
CODIST_LOADER(idx)
CODIST_LOADER(jsonl)
CODIST_LOADER(synthetic)
CODIST_LOADER(text)
CODIST_LOADER(directory)
CODIST_LOADER(files)
CODIST_LOADER(npy)
CODIST_LOADER(images)
CODIST_LOADER(cifar10)
#endif
#ifdef CODIST_TRANSFORM
CODIST_TRANSFORM(binarize)
CODIST_TRANSFORM(center)
CODIST_TRANSFORM(deskew)
CODIST_TRANSFORM(invert)
CODIST_TRANSFORM(jitter)
CODIST_TRANSFORM(lower)
CODIST_TRANSFORM(otsu)
CODIST_TRANSFORM(pack)
CODIST_TRANSFORM(pack_lines)
CODIST_TRANSFORM(pack_tiles)
CODIST_TRANSFORM(pbm)
CODIST_TRANSFORM(planes)
CODIST_TRANSFORM(prefix_tag)
CODIST_TRANSFORM(runs)
CODIST_TRANSFORM(scan)
CODIST_TRANSFORM(shift)
CODIST_TRANSFORM(squeeze_space)
CODIST_TRANSFORM(strip_markup)
CODIST_TRANSFORM(transitions)
CODIST_TRANSFORM(transpose)
CODIST_TRANSFORM(turn)
CODIST_TRANSFORM(warp)
#endif
#ifdef CODIST_REFERENCE
CODIST_REFERENCE(class)
CODIST_REFERENCE(chunk)
CODIST_REFERENCE(each)
#endif
