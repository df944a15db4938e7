/// What the report page is made of besides its figures: templates, style, script, texts and the layout of its map; and
/// the texts of the workbook.
///
/// A room of its own because resources inside the binary are slow to compile.
package enum PageAssets {
    /// Every text of the page in three languages: a header, then lines of `key`, `en`, `th` and `lo` between tabs, which no text has.
    package static var texts: [UInt8] { PackageResources.texts_tsv }
    /// What only the workbook says, likewise.
    package static var workbookTexts: [UInt8] { PackageResources.workbook_tsv }
    /// One tile a place: `code,column,row,en,th,lo`, the last three being what stands on it.
    package static var tiles: [UInt8] { PackageResources.tile_grid_csv }
    /// The corners of the tiles between which the Mekong is drawn, from its source on: `column,row`.
    package static var river: [UInt8] { PackageResources.tile_river_csv }
    package static var style: [UInt8] { PackageResources.page_css }
    package static var script: [UInt8] { PackageResources.page_js }
    /// The page, and each of its figures.
    package static var pageTemplate: [UInt8] { PackageResources.page_mustache }
    package static var figureTemplate: [UInt8] { PackageResources.figure_mustache }
}
