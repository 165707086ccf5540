"""Words for what people do with canned answers, for the tests of each topic."""

from typing import Any

from tests.world import Answer, World

EN = "Dear customer, about {number}: we answer by {due_date}."
ZH = "尊敬的客户，关于 {number}：我们将于 {due_date} 前答复。"
WORDS = {"wordings": {"en": EN, "zh-CN": ZH}}
EVERY = ["enquiry", "request", "complaint"]
NEW = {"title": "By when we answer", "unit": "east", "kinds": ["enquiry", "request"], **WORDS}
SECOND = {"wordings": {"en": "About {number}: soon.", "zh-CN": "关于 {number}：很快。"}}
WHY = {"reason": "r"}


class Library:
    """The institution's canned answers; every step gives its answer over HTTP."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.tokens: dict[str, str] = {}

    def token(self, who: str) -> str:
        """Give a session of a member of staff."""
        if who not in self.tokens:
            self.tokens[who] = self.world.staff(who)
        return self.tokens[who]

    def create(self, by: str = "lead-east", **what_matters: Any) -> Answer:
        """Begin an answer."""
        return self.world.ask("POST", "/v1/desk/answers", NEW | what_matters, self.token(by))

    def step(
        self, answer: str, step: str, body: Any = None, by: str = "lead-east", n: int = 1, **headers: str
    ) -> Answer:
        """Take a step with a version."""
        path = f"/v1/desk/answers/{answer}/versions/{n}/{step}"
        return self.world.ask("POST", path, body, self.token(by), **headers)

    def rewrite(self, answer: str, by: str = "lead-east", **words: Any) -> Answer:
        """Write another version."""
        return self.world.ask("POST", f"/v1/desk/answers/{answer}/versions", WORDS | words, self.token(by))

    def show(self, answer: str, by: str = "lead-east") -> Answer:
        return self.world.ask("GET", f"/v1/desk/answers/{answer}", token=self.token(by))

    def list(self, query: str = "", by: str = "lead-east") -> list[Any]:
        """List answers; give the items."""
        answer = self.world.ask("GET", f"/v1/desk/answers{query}", token=self.token(by))
        assert answer.status == 200, answer.text
        return list(answer.body["items"])

    def proposed(self, by: str = "lead-east", **what_matters: Any) -> str:
        """Write an answer and propose it; give its id."""
        created = self.create(by, **what_matters)
        assert created.status == 201, created.text
        proposed = self.step(created.body["id"], "propose", by=by)
        assert proposed.status == 200, proposed.text
        return str(created.body["id"])

    def approved(self, by: str = "lead-east", **what_matters: Any) -> str:
        """Write an answer and have it approved; give its id."""
        answer = self.proposed(by, **what_matters)
        approved = self.step(answer, "approve", by="compliance-hq")
        assert approved.status == 200, approved.text
        return answer

    def next(self, answer: str, by: str = "lead-east", **words: Any) -> int:
        """Have another version approved; give its number."""
        written = self.rewrite(answer, by, **words)
        assert written.status == 201, written.text
        n = int(written.body["versions"][-1]["n"])
        for step, who in (("propose", by), ("approve", "compliance-hq")):
            done = self.step(answer, step, by=who, n=n)
            assert done.status == 200, done.text
        return n

    def preview(self, answer: str, ticket: str, by: str = "agent-east", **which: Any) -> Answer:
        """See how an answer reads for a ticket."""
        body = {"ticket": ticket, **which}
        return self.world.ask("POST", f"/v1/desk/answers/{answer}/preview", body, self.token(by))

    def say(self, ticket: str, answer: str, by: str = "lead-east", **more: Any) -> Answer:
        """Say something in the words of an answer."""
        used = {"id": answer} | ({"version": more.pop("version")} if "version" in more else {})
        return self.world.ask("POST", f"/v1/tickets/{ticket}/messages", {"answer": used, **more}, self.token(by))

    def seen(self, answer: str, by: str = "lead-east") -> Any:
        """List the versions somebody sees of an answer, with their states."""
        shown = self.show(answer, by)
        assert shown.status == 200, shown.text
        return [(it["n"], it["state"]) for it in shown.body["versions"]]


def brought_before(library: Library, path: str, by: str = "lead-east") -> str:
    """Bring an answer where the step of a route is the next; give its id."""
    if path.endswith(("/approve", "/return")):
        return library.proposed(by)
    if path.endswith(("/versions", "/propose", "/retire")):
        return str(library.create(by).body["id"])
    return library.approved(by, kinds=EVERY)


def sent(path: str, ticket: str) -> Any:
    """Give what is sent to a route about canned answers."""
    last = path.rpartition("/")[2]
    bodies = {"answers": NEW, "versions": WORDS, "return": WHY, "retire": WHY, "preview": {"ticket": ticket}}
    return bodies.get(last)
