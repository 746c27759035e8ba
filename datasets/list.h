/* The plug-ins of the data doors, one line each, in the order of codist list. */
#ifdef CODIST_LOADER
CODIST_LOADER(idx)
CODIST_LOADER(synthetic)
#endif
#ifdef CODIST_TRANSFORM
CODIST_TRANSFORM(binarize)
CODIST_TRANSFORM(invert)
CODIST_TRANSFORM(pack)
#endif
#ifdef CODIST_REFERENCE
CODIST_REFERENCE(class)
CODIST_REFERENCE(chunk)
CODIST_REFERENCE(each)
#endif
