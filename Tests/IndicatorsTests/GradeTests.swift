import Indicators
import Testing

@Suite struct `The worse of two grades` {
    @Test func `is illustrative before secondary before the agencies' own`() {
        #expect(Grade.official.worse(.secondary) == .secondary)
        #expect(Grade.survey.worse(.secondary) == .secondary)
        #expect(Grade.secondary.worse(.illustrative) == .illustrative)
        #expect(Grade.official.worse(.illustrative) == .illustrative)
        #expect(Grade.official.worse(.survey) == .survey)
    }

    @Test func `does not depend on order or grouping`() {
        for first in Grade.allCases {
            #expect(first.worse(first) == first)
            for second in Grade.allCases {
                #expect(first.worse(second) == second.worse(first))
                for third in Grade.allCases {
                    #expect(first.worse(second).worse(third) == first.worse(second.worse(third)))
                }
            }
        }
    }

    @Test func `is never better than either`() {
        for first in Grade.allCases {
            for second in Grade.allCases {
                #expect(!(first.worse(second) < first))
                #expect(!(first.worse(second) < second))
            }
        }
    }
}

@Suite struct `The worst of several grades` {
    @Test func `is the same in any order`() {
        let grades: [Grade] = [.official, .secondary, .survey, .official]
        #expect(Grade.worst(of: grades) == .secondary)
        #expect(Grade.worst(of: grades.reversed()) == .secondary)
        #expect(Grade.worst(of: [.official, .survey]) == Grade.worst(of: [.survey, .official]))
    }

    @Test func `of one is that one, of none is nothing`() {
        #expect(Grade.worst(of: [.illustrative]) == .illustrative)
        #expect(Grade.worst(of: []) == nil)
    }

    @Test func `ranks official and survey alike`() {
        #expect(!(Grade.official < .survey))
        #expect(!(Grade.survey < .official))
    }
}
