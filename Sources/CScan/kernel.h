/* The loops of cscan_find and cscan_survey_bytes, written once and included for each form. The includer defines:
 *   CSCAN_NAME, CSCAN_SURVEY  the functions' names
 *   CSCAN_TARGET     its attributes
 *   CSCAN_LOAD       (masks *, const uint8_t *, delimiter, quote, text_state *): the masks of 64 bytes
 *   CSCAN_PREFIX_XOR the parity of the bits up to and including each
 *   CSCAN_WRITE      (uint32_t *, uint32_t at, uint64_t bits): writes the places of the bits, counted from `at`, in
 *                    order; and whatever it likes behind them, up to 64
 */
CSCAN_TARGET static cscan_found CSCAN_NAME(const uint8_t *bytes, uint32_t start, uint32_t end, uint8_t delimiter,
                                           uint8_t quote, int checks_utf8, uint32_t *positions,
                                           uint32_t position_capacity, uint32_t *breaks, uint32_t *escapes,
                                           uint32_t break_capacity) {
    uint32_t at = start, count = 0, break_count = 0, escape_count = 0, met = 0;
    /* What the 64 bytes before leave behind: bit 0 of the next. `inside` is all ones within a quoted field. */
    uint64_t inside = 0, after_end = 1, after_quote = 0, after_closing = 0, after_return = 0, doubt = 0, returns = 0;
    CSCAN_STATE state = CSCAN_STATE_START;
    uint8_t last[64];

    while (at < end && count + 64 <= position_capacity && break_count + 64 <= break_capacity &&
           escape_count + 64 <= break_capacity) {
        masks found;
        uint32_t left = end - at;
        if (left >= 64) {
            CSCAN_LOAD(&found, bytes + at, delimiter, quote, checks_utf8, &state);
        } else {
            /* Spaces, so that nothing is read behind the end; what a space may mean is masked away. */
            memset(last, ' ', sizeof last);
            memcpy(last, bytes + at, left);
            CSCAN_LOAD(&found, last, delimiter, quote, checks_utf8, &state);
            uint64_t valid = (UINT64_C(1) << left) - 1;
            found.delimiters &= valid;
            found.feeds &= valid;
            found.quotes &= valid;
        }
        uint64_t ends = found.delimiters | found.feeds, feeds = found.feeds;
        doubt |= ((found.returns << 1) | after_return) & ~feeds;
        returns |= found.returns;
        after_return = found.returns >> 63;
        if (found.quotes | inside | after_closing) {
            uint64_t quoted = CSCAN_PREFIX_XOR(found.quotes) ^ inside;
            uint64_t may_follow_closing = ends | found.returns | found.quotes;
            uint64_t opening = found.quotes & quoted, closing = found.quotes & ~quoted;
            uint64_t behind_quote = (found.quotes << 1) | after_quote;
            if (feeds & quoted) met |= CSCAN_QUOTED_FEED;
            ends &= ~quoted;
            feeds &= ~quoted;
            uint64_t behind_end = (ends << 1) | after_end;
            doubt |= opening & ~(behind_end | behind_quote);
            doubt |= ((closing << 1) | after_closing) & ~may_follow_closing;
            met |= CSCAN_QUOTE;
            uint64_t doubled = opening & behind_quote;
            if (doubled) {
                met |= CSCAN_ESCAPE;
                do {
                    uint64_t below = (doubled & -doubled) - 1;
                    uint32_t field = count + (uint32_t)__builtin_popcountll(ends & below);
                    if (escape_count == 0 || escapes[escape_count - 1] != field) escapes[escape_count++] = field;
                    doubled &= doubled - 1;
                } while (doubled);
            }
            after_closing = closing >> 63;
            inside = (uint64_t)((int64_t)quoted >> 63);
        }
        after_quote = found.quotes >> 63;
        after_end = ends >> 63;

        /* The first without asking whether there is one: mostly there is, and then a guess would often be wrong. */
        breaks[break_count] = count + (uint32_t)__builtin_popcountll(ends & ((feeds & -feeds) - 1));
        break_count += feeds != 0;
        while (feeds &= feeds - 1) {
            breaks[break_count++] = count + (uint32_t)__builtin_popcountll(ends & ((feeds & -feeds) - 1));
        }
        uint32_t here = (uint32_t)__builtin_popcountll(ends);
        CSCAN_WRITE(positions + count, at, ends);
        count += here;
        at = left >= 64 ? at + 64 : end;
    }
    if (returns) met |= CSCAN_RETURN;
    if (doubt) met |= CSCAN_DOUBTFUL;
    met |= CSCAN_FINISH(&state, checks_utf8);
    return (cscan_found){
        .positions = count, .breaks = break_count, .escapes = escape_count, .looked_at = at, .met = met};
}

CSCAN_TARGET static cscan_survey CSCAN_SURVEY(const uint8_t *bytes, size_t count, uint8_t quote) {
    cscan_survey survey = {0, 0, {0, 0}, 0};
    uint64_t inside = 0, after_feed = 0, after_return = 0, after_first_return = 0, lone = 0;
    CSCAN_STATE state = CSCAN_STATE_START;
    uint8_t last[64];
    for (size_t at = 0; at < count; at += 64) {
        masks found;
        size_t left = count - at;
        if (left >= 64) {
            CSCAN_LOAD(&found, bytes + at, quote, quote, 0, &state);
        } else {
            memset(last, ' ', sizeof last);
            memcpy(last, bytes + at, left);
            CSCAN_LOAD(&found, last, quote, quote, 0, &state);
            uint64_t valid = (UINT64_C(1) << left) - 1;
            found.quotes &= valid;
            /* A carriage return that is last is not judged. */
            lone |= ((found.returns << 1) | after_return) & ~found.feeds & valid;
            found.feeds &= valid;
        }
        if (left >= 64) lone |= ((found.returns << 1) | after_return) & ~found.feeds;
        uint64_t behind_feed = (found.feeds << 1) | after_feed;
        uint64_t first_returns = found.returns & behind_feed;
        uint64_t blank = found.feeds & (behind_feed | (first_returns << 1) | after_first_return);
        uint64_t ends = found.feeds & ~blank, quoted = inside;
        if (found.quotes) {
            quoted ^= CSCAN_PREFIX_XOR(found.quotes);
            survey.quotes += (size_t)__builtin_popcountll(found.quotes);
            inside = (uint64_t)((int64_t)quoted >> 63);
        }
        survey.feeds += (size_t)__builtin_popcountll(found.feeds);
        survey.records[0] += (size_t)__builtin_popcountll(ends & ~quoted);
        survey.records[1] += (size_t)__builtin_popcountll(ends & quoted);
        after_feed = found.feeds >> 63;
        after_return = found.returns >> 63;
        after_first_return = first_returns >> 63;
    }
    survey.has_lone_return = lone != 0;
    return survey;
}
#undef CSCAN_SURVEY
#undef CSCAN_NAME
#undef CSCAN_TARGET
#undef CSCAN_LOAD
#undef CSCAN_PREFIX_XOR
#undef CSCAN_WRITE
#undef CSCAN_STATE
#undef CSCAN_STATE_START
#undef CSCAN_FINISH
