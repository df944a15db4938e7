/* What we call of expat, which reads the XML that a workbook is made of (Debian's package is libexpat1-dev). It is loaded when
 * a workbook is first opened, as libzip is. */
#ifndef CEXPAT_H
#define CEXPAT_H

#include <CLibrary.h>
#include <expat.h>

#define CEXPAT_FUNCTIONS(each)                                                                                       \
    each(XML_ParserCreate_MM) each(XML_ParserFree) each(XML_SetUserData) each(XML_SetElementHandler)                 \
    each(XML_SetCharacterDataHandler) each(XML_SetStartDoctypeDeclHandler) each(XML_GetBuffer) each(XML_ParseBuffer) \
    each(XML_StopParser) each(XML_GetErrorCode) each(XML_GetCurrentLineNumber) each(XML_GetCurrentByteIndex)

typedef struct {
    CEXPAT_FUNCTIONS(CLIBRARY_FIELD)
} cexpat_functions;

/* Loads the library and looks its functions up. Returns NULL, or why it is of no use, in the loader's words. */
const char *cexpat_load(cexpat_functions *functions);

/* The most that a parser may hold, for tags that are open and for the names that it has met: both without a bound of expat's. */
#define CEXPAT_MOST_BYTES ((size_t)16 << 20)

/* A parser that has no memory left beyond that, or NULL. Of those of one thread one may be in use at a time. */
XML_Parser cexpat_make(const cexpat_functions *functions);

#endif
