import Testing

@testable import Pipeline

@Suite struct `The absolute path of what a file calls its own` {
    @Test(arguments: [
        ("income.csv", "/data/laos", "/data/laos/income.csv"),
        ("../thailand/./income.csv", "/data/laos", "/data/thailand/income.csv"),
        ("/elsewhere//a/../b/", "/data/laos", "/elsewhere/b"),
        ("", "/data/laos", "/data/laos"), (".", "/data/laos/", "/data/laos"), ("..", "/data", "/"),
        ("../../../..", "/data/laos", "/"), ("../../../../etc", "/data/laos", "/etc"), ("", "/", "/"),
        ("/", "/data", "/"),
        ("...", "/data", "/data/..."), (".hidden", "/data", "/data/.hidden"), ("..hidden", "/data", "/data/..hidden"),
        ("ແຂວງ/ຂໍ້ມູນ.csv", "/ข้อมูล", "/ข้อมูล/ແຂວງ/ຂໍ້ມູນ.csv"),
    ])
    func `has neither dots nor doubled slashes`(path: String, folder: String, expected: String) {
        #expect(Paths.absolute(path, from: folder) == expected)
    }
}

@Suite struct `The way from one folder to a path` {
    @Test(arguments: [
        ("/data/laos/income.csv", "/data/laos", "income.csv"),
        ("/data/thailand/income.csv", "/data/laos", "../thailand/income.csv"),
        ("/data/laos", "/data/laos", "."), ("/data", "/data/laos", ".."), ("/", "/data/laos", "../.."),
        ("/data/laos/a", "/", "data/laos/a"), ("/", "/", "."), ("/a", "/b", "../a"),
        // Names that begin alike are not the same.
        ("/data/laos-2/a", "/data/laos", "../laos-2/a"), ("/data/lao", "/data/laos", "../lao"),
        ("/ข้อมูล/ແຂວງ/ก.csv", "/ข้อมูล/จังหวัด", "../ແຂວງ/ก.csv"),
        // The first bytes of two letters may be the same.
        ("/ก/x", "/ข", "../ก/x"),
        ("/data//laos/a", "/data/laos/", "a"), ("/data/laos//a//b/", "/data/laos", "a/b"),
    ])
    func `goes up as far as it must and no further`(path: String, folder: String, expected: String) {
        #expect(Paths.relative(path, to: folder) == expected)
        #expect(Paths.absolute(expected, from: folder) == Paths.absolute(path, from: "/"))
    }
}

@Suite struct `The folder that a path lies in` {
    @Test(arguments: [
        ("/data/laos/a.csv", "/data/laos"), ("/data", "/"), ("/", "/"), ("/data/laos/", "/data"),
        ("/data//laos//a", "/data/laos"),
        ("/ข้อมูล/ແຂວງ/ก.csv", "/ข้อมูล/ແຂວງ"),
    ])
    func `is the path without its last name`(path: String, parent: String) {
        #expect(Paths.parent(of: path) == parent)
    }
}
