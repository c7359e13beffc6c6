"""The conversation and the history from the keyboard: quote, rewrite, compare, narrow down."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from helpdesk_tui.domain.ticket import Speech
from helpdesk_tui.domain.ticket_detail import Comment, TicketDetail
from helpdesk_tui.errors import Conflict, HelpdeskError
from helpdesk_tui.tui.screens.ticket_work import TicketWork
from helpdesk_tui.tui.widgets.ticket_body import TicketBody

if TYPE_CHECKING:
    from helpdesk_tui.desk.desk import Desk
    from helpdesk_tui.desk.outcome import Outcome
    from helpdesk_tui.tui.widgets.picker import Choice


class TalkWork(TicketWork):
    """Mixin for the ticket screen: what can be done to the comment under the cursor, and to the history."""

    number: int
    detail: TicketDetail | None

    def narrow_history(self, group: str) -> None:
        """Show only that group of events, all for ""."""
        raise NotImplementedError

    # Quoting

    def action_quote(self) -> None:
        """Answer what was said, with it above. A note is answered by a note: the requester must never read it."""
        comment = self._to_quote()
        if comment is None:
            self.say("There is nothing to quote yet. r writes a reply.", "bad")
            return
        quoted = "\n".join(f"> {line}".rstrip() for line in comment.body.strip().splitlines())
        self.speak(comment.speech, f"{quoted}\n\n")

    def _to_quote(self) -> Comment | None:
        """The comment under the cursor, else the last the requester said, else the last reply."""
        if self.detail is None:
            return None
        replies = [one for one in self.detail.conversation if one.speech is Speech.REPLY]
        asked = [one for one in replies if one.author_id == self.detail.requester_id]
        last = (asked or replies)[-1:]
        return self.query_one(TicketBody).comment or (last[0] if last else None)

    # Rewriting

    def rewrite_comment(self, comment: Comment) -> None:
        """Open it to be rewritten, if it is one's own and was said just now."""
        from helpdesk_tui.tui.screens.text_entry import TextEntry

        word = comment.speech.value
        about = f"comment {comment.id}"
        says = "The requester will read this." if comment.speech is Speech.REPLY else "Only the team will read this."
        entry = TextEntry(f"Rewrite the {word} on #{self.number}", about, text=comment.body, says=says, does="save")

        def may(desk: Desk) -> None:
            from helpdesk_tui.desk import conversation

            conversation.check_editable(desk, comment.id)

        def open_entry(_: None) -> None:
            self.offer(entry, lambda text: self._rewrite(comment, text))

        self.ask(may, open_entry, self.failed, hold=True)

    def _rewrite(self, comment: Comment, text: str) -> None:
        from helpdesk_tui.tui.drafts import drafts_of

        def work(desk: Desk) -> Outcome:
            from helpdesk_tui.desk import conversation

            return conversation.edit_comment(desk, comment.id, text, base=comment.body)

        def done(outcome: Outcome) -> None:
            drafts_of(self.app).drop(f"comment {comment.id}")
            self.applied(outcome)

        def refused(error: HelpdeskError) -> None:
            self.failed(error)
            if isinstance(error, Conflict):
                number = self.number
                self.ask(lambda desk: _opened(desk, number), lambda now: self._both(comment, text, now), self.failed)

        self.ask(work, done, refused, hold=True)

    def _both(self, comment: Comment, text: str, now: TicketDetail) -> None:
        """It was rewritten elsewhere meanwhile: both versions side by side."""
        from helpdesk_tui.tui.drafts import drafts_of
        from helpdesk_tui.tui.screens import conflict

        theirs = next((one for one in now.conversation if one.id == comment.id), None)
        if theirs is None:
            return
        word = comment.speech.value
        drafts = drafts_of(self.app)

        def chose(chosen: conflict.Chosen | None) -> None:
            if chosen is None:
                return
            drafts.keep(f"comment {comment.id}", {"text": chosen.texts[word]})
            if chosen.save:
                self._rewrite(theirs, chosen.texts[word])

        self.app.push_screen(
            conflict.Conflict(
                f"The {word}: two versions",
                [conflict.Version(word, comment.body, text, theirs.body)],
                "It was rewritten elsewhere while you did. Nothing is lost: choose, or put both together.",
                lambda texts: drafts.keep(f"comment {comment.id}", {"text": texts[word]}),
            ),
            chose,
        )

    # History

    def action_history(self) -> None:
        """Choose what the history shows."""
        if self.detail is None:
            return
        from helpdesk_tui.domain.history import GROUPS, group_of
        from helpdesk_tui.tui.screens.pick import Pick
        from helpdesk_tui.tui.widgets.picker import Choice

        counts = Counter(group_of(entry.kind) for entry in self.detail.history)
        choices = [Choice("", "everything", str(len(self.detail.history)))]
        choices += [Choice(name, name, str(counts[name])) for name in GROUPS if counts[name]]
        self.offer(Pick(f"History of #{self.number}", choices), self.narrow_history)

    def action_undo_step(self) -> None:
        """Choose a step, whoever did it, and take it back."""
        number = self.number

        def steps(desk: Desk) -> list[Choice]:
            from helpdesk_tui.desk import undo
            from helpdesk_tui.language.dates import said
            from helpdesk_tui.tui.widgets.picker import Choice

            now = desk.clock.now()
            return [
                Choice(step.id, f"{step.who}: {step.said}", said(step.at, now, desk.zone))
                for step in undo.steps(desk, number)
            ]

        def choose(choices: list[Choice]) -> None:
            from helpdesk_tui.tui.screens.pick import Pick

            if choices:
                self.offer(Pick(f"Take back on #{number}", choices), self._undo_step)
            else:
                self.say("Nothing was done here that could be taken back.", "bad")

        self.ask(steps, choose, self.failed, hold=True)

    def _undo_step(self, step_id: int) -> None:
        def work(desk: Desk) -> Outcome:
            from helpdesk_tui.desk import undo

            return undo.undo_step(desk, step_id)

        self.do(work)

    def compare(self, event_id: int) -> None:
        """Show a rewritten text before and after."""
        from helpdesk_tui.tui.screens.compare import Compare

        entries = () if self.detail is None else self.detail.history
        entry = next((entry for entry in entries if entry.event_id == event_id), None)
        if entry is not None:
            self.app.push_screen(Compare(f"{entry.who} {entry.what}", entry.before, entry.after))


def _opened(desk: Desk, number: int) -> TicketDetail:
    from helpdesk_tui.desk import tickets

    return tickets.open_ticket(desk, number)
