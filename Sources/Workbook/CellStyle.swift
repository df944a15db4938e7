internal import CXLSXWriter

/// How a cell looks.
package struct CellStyle: Hashable, Sendable {
    package var numberFormat = ""
    package var isBold = false
    package var isItalic = false
    package var isWrapped = false
    /// In points; 0 for the workbook's own.
    package var size: Double = 0
    /// 0xRRGGBB.
    package var color: UInt32?
    package var fill: UInt32?
    package var isUnderlined = false
    package var isRight = false
    package var isTop = false
    /// A line below the cell: of the header.
    package var hasLine = false

    package init() {}

    package init(_ change: (inout CellStyle) -> Void) {
        change(&self)
    }

    package func with(_ change: (inout CellStyle) -> Void) -> CellStyle {
        var style = self
        change(&style)
        return style
    }

    func apply(to format: UnsafeMutablePointer<lxw_format>, by library: cxlsxwriter_functions) {
        if !numberFormat.isEmpty { unsafe library.format_set_num_format(format, numberFormat) }
        if isBold { unsafe library.format_set_bold(format) }
        if isItalic { unsafe library.format_set_italic(format) }
        if isWrapped { unsafe library.format_set_text_wrap(format) }
        if size > 0 { unsafe library.format_set_font_size(format, size) }
        if let color { unsafe library.format_set_font_color(format, color) }
        if let fill { unsafe library.format_set_bg_color(format, fill) }
        if isUnderlined { unsafe library.format_set_underline(format, UInt8(LXW_UNDERLINE_SINGLE.rawValue)) }
        if isRight { unsafe library.format_set_align(format, UInt8(LXW_ALIGN_RIGHT.rawValue)) }
        if isTop { unsafe library.format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue)) }
        if hasLine {
            unsafe library.format_set_bottom(format, UInt8(LXW_BORDER_THIN.rawValue))
            unsafe library.format_set_bottom_color(format, 0x80_8080)
        }
    }
}

/// A style that a workbook knows; it does not change.
@safe package struct CellFormat: @unchecked Sendable {
    let pointer: UnsafeMutablePointer<lxw_format>

    init(_ pointer: UnsafeMutablePointer<lxw_format>) {
        unsafe self.pointer = pointer
    }
}
