internal import CXLSXWriter

/// A chart on cells of a sheet: it shows what the sheet shows, so that a filter on the cells is one on the chart.
package struct SheetChart: Sendable {
    package enum Kind: Sendable {
        case line, column

        var code: UInt8 {
            switch self {
            case .line: UInt8(LXW_CHART_LINE.rawValue)
            case .column: UInt8(LXW_CHART_COLUMN.rawValue)
            }
        }
    }

    package struct Series: Sendable {
        package var name: SheetRange
        package var categories: SheetRange
        package var values: SheetRange
        /// 0xRRGGBB.
        package var color: UInt32

        package init(name: SheetRange, categories: SheetRange, values: SheetRange, color: UInt32) {
            self.name = name
            self.categories = categories
            self.values = values
            self.color = color
        }
    }

    package var kind: Kind
    package var title: String
    package var categoryTitle = ""
    package var valueTitle = ""
    /// Columns of one place in front of each other, with a name below each: where only one of the series has a value.
    package var isOverlaid = false
    package var series: [Series]
    /// In pixels.
    package var width: Double
    package var height: Double

    package init(kind: Kind, title: String, series: [Series], width: Double = 720, height: Double = 360) {
        self.kind = kind
        self.title = title
        self.series = series
        self.width = width
        self.height = height
    }

    func apply(to chart: UnsafeMutablePointer<lxw_chart>, by library: cxlsxwriter_functions) {
        unsafe library.chart_title_set_name(chart, title)
        unsafe title(font: 12) { unsafe library.chart_title_set_name_font(chart, $0) }
        for one in series { unsafe add(one, to: chart, by: library) }
        if !categoryTitle.isEmpty { unsafe library.chart_axis_set_name(chart.pointee.x_axis, categoryTitle) }
        if !valueTitle.isEmpty { unsafe library.chart_axis_set_name(chart.pointee.y_axis, valueTitle) }
        unsafe library.chart_legend_set_position(chart, UInt8(LXW_CHART_LEGEND_TOP.rawValue))
        switch kind {
        case .line: unsafe library.chart_show_blanks_as(chart, UInt8(LXW_CHART_BLANKS_AS_CONNECTED.rawValue))
        case .column:
            unsafe library.chart_set_series_gap(chart, 40)
            if isOverlaid {
                unsafe library.chart_set_series_overlap(chart, 100)
                unsafe library.chart_axis_set_interval_unit(chart.pointee.x_axis, 1)
                // Names of places stand upright.
                var font = unsafe lxw_chart_font()
                unsafe font.rotation = -90
                unsafe font.size = 8
                unsafe library.chart_axis_set_num_font(chart.pointee.x_axis, &font)
            }
        }
    }

    private func title(font size: Double, _ use: (UnsafeMutablePointer<lxw_chart_font>) -> Void) {
        var font = unsafe lxw_chart_font()
        unsafe font.size = size
        unsafe font.bold = 1
        unsafe use(&font)
    }

    private func add(_ one: Series, to chart: UnsafeMutablePointer<lxw_chart>, by library: cxlsxwriter_functions) {
        let series = unsafe library.chart_add_series(chart, "=" + one.categories.reference, "=" + one.values.reference)
        guard let series = unsafe series else { preconditionFailure("no memory for a series") }
        unsafe library.chart_series_set_name(series, "=" + one.name.reference)
        switch kind {
        case .line:
            var line = lxw_chart_line()
            line.color = one.color
            line.width = 2.25
            unsafe library.chart_series_set_line(series, &line)
            var fill = lxw_chart_fill()
            fill.color = one.color
            unsafe library.chart_series_set_marker_type(series, UInt8(LXW_CHART_MARKER_CIRCLE.rawValue))
            unsafe library.chart_series_set_marker_size(series, 5)
            unsafe library.chart_series_set_marker_fill(series, &fill)
            unsafe library.chart_series_set_marker_line(series, &line)
        case .column:
            var fill = lxw_chart_fill()
            fill.color = one.color
            unsafe library.chart_series_set_fill(series, &fill)
        }
    }
}

/// A chart that a workbook knows.
@safe package struct PlacedChart {
    let pointer: UnsafeMutablePointer<lxw_chart>
    let width: Double
    let height: Double

    init(_ pointer: UnsafeMutablePointer<lxw_chart>, width: Double, height: Double) {
        unsafe self.pointer = pointer
        self.width = width
        self.height = height
    }
}
