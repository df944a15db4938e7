/* What we call of libxlsxwriter, which writes workbooks (Debian's package is libxlsxwriter-dev). It is loaded when a workbook
 * is first written: it brings OpenSSL along, whose start takes longer than that of everything else. */
#ifndef CXLSXWRITER_H
#define CXLSXWRITER_H

#include <CLibrary.h>
#include <xlsxwriter.h>

#define CXLSXWRITER_FUNCTIONS(each)                                                                                  \
    each(workbook_new_opt) each(lxw_workbook_free) each(workbook_close) each(lxw_strerror)                           \
    each(workbook_add_worksheet) each(workbook_add_format) each(workbook_add_chart) each(workbook_define_name)       \
    each(workbook_set_properties) each(workbook_set_custom_property_string)                                          \
    each(lxw_format_get_xf_index) each(format_set_num_format) each(format_set_bold) each(format_set_italic)          \
    each(format_set_text_wrap) each(format_set_font_size) each(format_set_font_color) each(format_set_bg_color)      \
    each(format_set_underline) each(format_set_align) each(format_set_bottom) each(format_set_bottom_color)          \
    each(worksheet_write_number) each(worksheet_write_string) each(worksheet_write_blank)                            \
    each(worksheet_write_url_opt) each(worksheet_set_row) each(worksheet_set_row_opt) each(worksheet_set_column)     \
    each(worksheet_freeze_panes) each(worksheet_autofilter) each(worksheet_filter_column)                            \
    each(worksheet_conditional_format_range) each(worksheet_insert_chart_opt) each(worksheet_set_landscape)          \
    each(worksheet_set_paper) each(worksheet_fit_to_pages) each(worksheet_repeat_rows) each(worksheet_set_footer)    \
    each(worksheet_set_tab_color) each(worksheet_gridlines) each(worksheet_activate)                                 \
    each(chart_title_set_name) each(chart_title_set_name_font) each(chart_legend_set_position)                       \
    each(chart_show_blanks_as) each(chart_set_series_gap) each(chart_set_series_overlap) each(chart_add_series)      \
    each(chart_axis_set_name) each(chart_axis_set_interval_unit) each(chart_axis_set_num_font)                       \
    each(chart_series_set_name) each(chart_series_set_line) each(chart_series_set_fill)                              \
    each(chart_series_set_marker_type) each(chart_series_set_marker_size) each(chart_series_set_marker_fill)         \
    each(chart_series_set_marker_line)

typedef struct {
    CXLSXWRITER_FUNCTIONS(CLIBRARY_FIELD)
} cxlsxwriter_functions;

/* Loads the library and looks its functions up. Returns NULL, or why it is of no use, in the loader's words. */
const char *cxlsxwriter_load(cxlsxwriter_functions *functions);

#endif
