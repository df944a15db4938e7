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
