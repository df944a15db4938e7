/* What we call of expat, which reads the XML that a workbook is made of (Debian's package is libexpat1-dev). It is loaded when
 * a workbook is first opened, as libzip is. */
#ifndef CEXPAT_H
#define CEXPAT_H

#include <CLibrary.h>
#include <expat.h>

#define CEXPAT_FUNCTIONS(each)                                                                                       \
    each(XML_ParserCreate) each(XML_ParserFree) each(XML_SetUserData) each(XML_SetElementHandler)                    \
    each(XML_SetCharacterDataHandler) each(XML_SetStartDoctypeDeclHandler) each(XML_GetBuffer) each(XML_ParseBuffer) \
    each(XML_StopParser) each(XML_GetCurrentLineNumber) each(XML_GetCurrentByteIndex)

typedef struct {
    CEXPAT_FUNCTIONS(CLIBRARY_FIELD)
} cexpat_functions;

/* Loads the library and looks its functions up. Returns NULL, or why it is of no use, in the loader's words. */
const char *cexpat_load(cexpat_functions *functions);

#endif
