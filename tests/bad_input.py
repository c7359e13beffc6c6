"""The list of bad input that this program is tried with, and where each is proved: the file and the test, and the row
where the test is a table. Expected unless the test says otherwise: one line that says what to do, the exit code that
belongs to it, nothing written, nothing lost, the terminal as it was, never a traceback.
"""

from __future__ import annotations

USAGE = "cli/test_bad_input.py::test_wrong_usage"
QUERY = "cli/test_bad_input.py::test_a_query_that_is_none_shows_where"
ODD_QUERY = "cli/test_bad_input.py::test_an_odd_query_is_just_text"
ODD_TITLE = "cli/test_bad_input.py::test_an_odd_title_is_kept_as_it_is"
STREAMS = "cli/test_process.py::test_streams_may_be_closed_or_full"
DATES = "language/test_dates.py::test_what_does_not_exist_or_is_not_clear_is_refused"
LIST = "exchange/test_csv_list.py::test_a_file_that_is_no_list_is_refused_in_one_line"
ROWS = "exchange/test_csv_list.py::test_rows_that_cannot_be_tickets_are_told_with_their_lines"
MOMENTS = "exchange/test_hostile_files.py::test_moments_of_every_kind_in_one_file"
JSON = "exchange/test_json_desk.py::test_what_is_no_export_is_refused_in_one_line"
FILE = "store/test_bad_files.py::test_what_is_no_desk_is_said_in_one_line"

PROVED: dict[int, tuple[str, ...]] = {
    # The command line
    1: ("cli/test_process.py::test_the_board_needs_a_terminal",),
    2: (f"{USAGE}[unknown verb]",),
    3: (f"{USAGE}[desk empty]",),
    4: (f"{FILE}[folder]",),
    5: (f"{FILE}[fifo]",),
    6: ("cli/test_bad_input.py::test_no_device_and_no_nowhere_is_a_desk[/dev/zero]",),
    7: ("store/test_bad_files.py::test_a_link_to_the_desk_of_somebody_else",),
    8: (f"{USAGE}[desk as a database URI]",),
    9: (f"{USAGE}[desk with ESC]", f"{USAGE}[desk with a newline]", f"{USAGE}[desk in broken UTF-8]"),
    10: (
        f"{USAGE}[number negative]",
        f"{USAGE}[number zero]",
        f"{USAGE}[number over 2**63]",
        f"{USAGE}[number of 5000 digits]",
        f"{USAGE}[number in other digits]",
        f"{USAGE}[number with underscores]",
    ),
    11: (f"{USAGE}[empty title]", f"{USAGE}[blank title]", f"{USAGE}[invisible title]"),
    12: (f"{ODD_TITLE}[-foo bar]",),
    13: (f"{USAGE}[long title]",),
    14: (f"{USAGE}[200,000 numbers]",),
    15: (f"{USAGE}[label as a path]", "cli/test_bad_input.py::test_an_odd_label_is_a_name_like_any_other[..]"),
    16: ("cli/test_bad_input.py::test_one_label_in_two_spellings_is_one_label",),
    17: ("cli/test_bad_input.py::test_names_that_differ_by_case_alone_are_one_name[straße]",),
    18: (f"{USAGE}[limit twice]", "cli/test_bad_input.py::test_a_query_that_contradicts_itself_finds_nothing"),
    19: ("cli/test_bad_input.py::test_no_home_is_no_reason_to_fail",),
    20: ("cli/test_bad_input.py::test_an_account_that_the_machine_does_not_know_has_a_name",),
    21: ("cli/test_bad_input.py::test_who_somebody_is_does_not_come_from_the_environment",),
    22: ("cli/test_process.py::test_a_reader_may_leave_early", f"{STREAMS}[helpdesk list >/dev/full]"),
    # Dates
    23: (f"{USAGE}[31 February]",),
    24: (f"{USAGE}[29 February 2023]",),
    25: (f"{USAGE}[year 0]",),
    26: (f"{USAGE}[the last day there is]", "language/test_dates.py::test_the_last_day_of_the_calendar_is_no_trouble"),
    27: (f"{USAGE}[year 10000]",),
    28: (f"{DATES}[2027-03-28 03:30]", "exchange/test_log.py::test_an_hour_the_clocks_skipped_is_no_moment"),
    29: ("language/test_dates.py::test_of_an_hour_that_happens_twice_the_first_is_meant",),
    30: (
        "desk/test_worked_examples.py::test_example[an hour is skipped]",
        "desk/test_worked_examples.py::test_example[an hour comes twice]",
    ),
    31: (MOMENTS,),
    32: (f"{USAGE}[24:00]",),
    33: (f"{USAGE}[ISO week]", MOMENTS),
    34: ("cli/test_bad_input.py::test_an_odd_time_zone_is_no_reason_to_fail[Mars/Olympus]",),
    35: (f"{USAGE}[epoch 1e20]", MOMENTS),
    36: ("desk/test_clocks.py::test_a_clock_set_back_between_creating_and_closing",),
    37: ("desk/test_clocks.py::test_far_ahead",),
    38: (f"{USAGE}[leap second]", MOMENTS),
    39: ("desk/test_rules.py::test_what_cannot_be_is_refused_when_it_is_written",),
    # Queries
    40: (f"{QUERY}[an open quote]",),
    41: (f"{ODD_QUERY}[foo-bar]",),
    42: (f"{ODD_QUERY}[o'brien]",),
    43: (f"{QUERY}[NEAR(]",),
    44: (f"{QUERY}[a loose AND]",),
    45: (f"{ODD_QUERY}[*]",),
    46: (f"{QUERY}[a:b:c]",),
    47: (f"{QUERY}[2000 parentheses]",),
    48: (f"{QUERY}[100 KB]",),
    49: (f"{USAGE}[query with NUL]",),
    50: (f"{ODD_QUERY}[%]", f"{ODD_QUERY}[_]"),
    51: (f"{QUERY}[SQL]",),
    52: (f"{ODD_QUERY}[dlrow]",),
    53: (f"{QUERY}[an unknown field]", f"{QUERY}[an unknown operator]"),
    55: ("cli/test_bad_input.py::test_a_saved_query_that_names_what_is_gone_says_what",),
    # Imports
    56: (f"{LIST}[empty]",),
    57: ("exchange/test_csv_list.py::test_a_header_alone_brings_nothing_and_is_no_error",),
    58: ("exchange/test_csv_list.py::test_a_byte_order_mark_says_the_encoding[utf-8-sig]",),
    59: ("exchange/test_csv_list.py::test_a_byte_order_mark_says_the_encoding[utf-16]",),
    60: (f"{LIST}[not utf-8]", "exchange/test_csv_list.py::test_the_map_names_another_encoding"),
    61: ("exchange/test_csv_list.py::test_lines_may_end_in_carriage_returns_alone",),
    62: (f"{LIST}[open quote]",),
    63: (f"{LIST}[huge cell]",),
    64: (ROWS,),
    65: (ROWS,),
    66: (f"{LIST}[twice]",),
    67: (ROWS, "exchange/test_csv_list.py::test_a_second_run_doubles_nothing"),
    68: ("cli/test_bad_input.py::test_nobody_is_their_own_grandparent",),
    69: (ROWS, "exchange/test_csv_list.py::test_unknown_assignees_can_be_refused"),
    70: ("exchange/test_csv_export.py::test_no_cell_begins_as_a_formula", f"{ODD_TITLE}[=cmd]"),
    71: (f"{JSON}[NaN is not a number]", f"{JSON}[-Infinity is not a number]", f"{JSON}[1e999 is not a number]"),
    72: (f"{JSON}[is there twice]",),
    73: (f"{JSON}[it is nested too deeply]",),
    74: (f"{JSON}[a lone surrogate]",),
    75: ("exchange/test_json_desk.py::test_something_after_the_end_is_refused",),
    76: (f"{JSON}[an object is expected]",),
    77: ("exchange/test_hostile_files.py::test_a_gigabyte_of_nothing_is_refused_after_its_beginning",),
    78: (
        "exchange/test_hostile_files.py::test_what_stops_at_row_5000_of_10000_has_brought_nothing",
        "exchange/test_json_desk.py::test_a_refused_import_leaves_the_new_desk_as_it_was",
    ),
    79: ("exchange/test_json_desk.py::test_there_and_back_and_there_again_is_equal_to_the_byte",),
    80: ("exchange/test_csv_list.py::test_a_role_column_gives_nobody_a_role",),
    # The desk's file
    82: ("terminal/test_session.py::test_a_newcomer_sees_a_ticket_that_explains_itself_and_the_keys",),
    83: (f"{FILE}[empty]",),
    84: (f"{FILE}[words]",),
    85: (f"{FILE}[header]",),
    86: ("store/test_bad_files.py::test_any_overwritten_page_is_met_with_a_sentence",),
    87: (f"{FILE}[half]",),
    88: ("store/test_schema.py::test_a_newer_desk_is_refused_and_not_touched",),
    89: (f"{FILE}[newer_format]",),
    90: (f"{FILE}[DROP TABLE person]",),
    91: ("store/test_bad_files.py::test_a_read_only_file", "store/test_bad_files.py::test_a_read_only_folder"),
    92: ("store/test_bad_files.py::test_writing_is_refused_after_a_while",),
    93: (
        "store/test_bad_files.py::test_what_was_told_saved_is_there_and_it_goes_on_when_there_is_room",
        "store/test_bad_files.py::test_no_half_desk_is_made",
        "store/test_bad_files.py::test_no_half_backup_is_left",
        "store/test_small_disk.py::test_a_backup_that_does_not_fit_leaves_nothing",
        "store/test_small_disk.py::test_a_restore_that_does_not_fit_changes_nothing",
    ),
    94: (
        "store/test_engine.py::test_what_was_saved_stays_saved",
        "store/test_bad_files.py::test_somebody_elses_side_files_lock_out",
    ),
    95: (
        "store/test_engine.py::test_nothing_more_is_written_into_the_void",
        "store/test_restore.py::test_nothing_that_was_said_to_be_saved_is_lost_to_a_writer_at_work",
        "tui/test_keeping.py::test_its_boards_close_with_a_sentence_and_a_code",
    ),
    96: (
        "store/test_survival.py::test_kill_9_in_the_middle_of_a_thousand_writes",
        "store/test_schema.py::test_a_migration_killed_half_way_leaves_the_old_desk_whole",
    ),
    97: ("store/test_schema.py::test_two_processes_upgrading_at_once_do_it_once",),
    98: (
        "store/test_engine.py::test_sixteen_open_files_are_enough",
        "store/test_engine.py::test_files_that_may_not_grow_are_told_and_nothing_is_lost",
    ),
    99: ("store/test_far_away.py::test_a_desk_far_away_works_and_says_what_to_beware_of",),
    # The terminal
    100: ("terminal/test_sizes.py::test_one_that_is_too_small_breaks_nothing",),
    101: (
        "terminal/test_refusing.py::test_no_colour_where_none_is_wanted",
        "terminal/test_refusing.py::test_a_terminal_that_cannot_move_its_cursor",
    ),
    102: ("terminal/test_refusing.py::test_plain_ascii_where_the_locale_is_not_utf_8",),
    103: ("terminal/test_refusing.py::test_without_input_or_output", f"{STREAMS}[helpdesk <&- >&- 2>&-]"),
    104: (
        "terminal/test_ending.py::test_a_signal_ends_the_board_with_its_number",
        "terminal/test_ending.py::test_a_terminal_that_goes_away_ends_the_program",
    ),
    105: (
        "terminal/test_sizes.py::test_three_hundred_changes_of_size_in_a_row",
        "terminal/test_sizes.py::test_the_terminal_is_believed_and_not_the_environment",
    ),
    # Volume
    106: (f"{USAGE}[title of 1 MB]",),
    107: ("tui/test_pickers.py::test_ten_thousand_labels_on_the_desk",),
    108: (
        "desk/test_fifty_agents.py::test_fifty_boards_follow_one_change",
        "desk/test_rules.py::test_rules_that_set_off_each_other_are_stopped_after_ten_steps_and_that_is_told",
    ),
}

OF_LATER_PARTS: dict[int, str] = {
    54: "regular expressions: the query language has none",
    81: "archives: nothing that is read is one",
}
