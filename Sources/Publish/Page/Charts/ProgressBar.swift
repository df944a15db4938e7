/// How much of a way has been covered: the end of the bar is the target, and what lies beyond it stands in the number alone.
struct ProgressBar {
    /// 0 at the base, 1 at the target; below where it went the other way.
    var progress: Double
    var number: Int?

    func svg(labelledBy id: String) -> Markup {
        let x = LinearScale(0...1, to: (8, 320))
        let end = x(min(max(progress, 0), 1))
        let text = NumberText.percent(progress)
        return drawing(
            width: 360,
            height: 24,
            labelledBy: id,
            style: "progress",
            """
            <rect class="track" x="8" y="5" width="312" height="14" rx="3"/>\
            <rect class="done" x="8" y="5" width="\(end - 8)" height="14" rx="3"/>\
            <path class="goal" d="M320 2V22"/><text class="value" x="326" y="17"\(cellAttribute(number))>\(text)</text>
            """
        )
    }
}
