"""The usual Python stack answering /recommend: FastAPI, uvicorn, hnswlib and LightGBM on MovieLens 100k.

`python bench/peers/recommend_service.py DATA WORK WORKERS` trains what WORK does not hold yet, then serves on a free port.

The work of a request is that of designs/movie-recommendations.md: 200 candidates by inner products of 64 dimensions, without what the member
has, 21 columns for each, 200 trees of 31 leaves, 10 titles of the best 50 by maximal marginal relevance. What members do counts at once.
Where it does less: one source of candidates in place of five, and counts of everything in place of counts in windows.
"""

import os
import pathlib
import sys
import time

import hnswlib
import lightgbm
import numpy as np
import uvicorn
from fastapi import FastAPI, Response
from pydantic import BaseModel, ConfigDict, Field

DIMENSIONS, CANDIDATES, POOL, SHOWN, DIVERSITY = 64, 200, 50, 10, 0.2
LINKS, CONSTRUCTION = 16, 200
COLUMNS, OWN_COLUMNS = 21, 13
DAY = 86_400
TREES = {"objective": "lambdarank", "num_leaves": 31, "learning_rate": 0.1, "verbose": -1, "num_threads": 1, "seed": 7}


class State:
    """What is known of members and titles, as arrays."""

    def __init__(self, data, work):
        rows = np.loadtxt(data / "u.data", dtype=np.int64)
        self.members = {str(one): at for at, one in enumerate(sorted(set(rows[:, 0].tolist())))}
        lines = (data / "u.item").read_text("latin-1").splitlines()
        fields = [line.split("|") for line in lines]
        self.ids = [one[0] for one in fields]
        self.names = [one[1] for one in fields]
        self.titles = {one: at for at, one in enumerate(self.ids)}
        self.genres = np.array([[int(flag) for flag in one[5:]] for one in fields], np.float32)
        self.alike = self.genres / np.maximum(np.linalg.norm(self.genres, axis=1, keepdims=True), 1)
        members, titles, genres = len(self.members), len(self.ids), self.genres.shape[1]
        self.now = float(rows[:, 3].max())
        self.vectors = self.factors(rows, work)
        self.history = np.zeros((members, titles), bool)
        self.user = np.zeros((members, DIMENSIONS), np.float32)
        self.title_sums = np.zeros((titles, 5))
        self.member_sums = np.zeros((members, 3))
        self.affinity = np.zeros((members, genres, 2))
        for member, title, value, moment in rows.tolist():
            self.take(self.members[str(member)], self.titles[str(title)], value, moment)

    def factors(self, rows, work):
        """Title vectors out of a truncated decomposition of who liked what."""
        from scipy.sparse import csr_matrix
        from scipy.sparse.linalg import svds

        kept = work / "recommend-vectors.npy"
        if kept.exists():
            return np.load(kept)
        liked = csr_matrix((np.ones(len(rows), np.float32), (rows[:, 0] - 1, rows[:, 1] - 1)), (len(self.members), len(self.ids)))
        _, strength, vectors = svds(liked, DIMENSIONS, random_state=7)
        made = np.ascontiguousarray((vectors.T * np.sqrt(strength)).astype(np.float32))
        np.save(kept, made)
        return made

    def take(self, member, title, value, moment):
        """An event, counted in every column that reads it."""
        if not self.history[member, title]:
            self.history[member, title] = True
            self.user[member] += self.vectors[title]
        count = self.title_sums[title]
        count[0] += 1
        count[1] += value
        count[2] = max(count[2], moment)
        count[3] = count[3] or moment
        count[4] += moment > self.now - 30 * DAY
        known = self.member_sums[member]
        known[0] += 1
        known[1] += value
        known[2] = max(known[2], moment)
        of = self.genres[title] > 0
        self.affinity[member, of, 0] += 1
        self.affinity[member, of, 1] += value

    def candidates(self, member):
        seen = self.history[member]
        asked = min(len(self.ids), CANDIDATES + int(seen.sum()))
        found, distances = self.index.knn_query(self.user[member], k=asked, num_threads=1)
        titles = found[0]
        isNew = ~seen[titles]
        return titles[isNew][:CANDIDATES].astype(np.int64), 1 - distances[0][isNew][:CANDIDATES]

    def columns(self, member, titles, scores):
        x = np.empty((len(titles), COLUMNS))
        of = self.title_sums[titles]
        x[:, 0] = (of[:, 1] + 10 * 3.5) / (of[:, 0] + 10)
        x[:, 1] = of[:, 0]
        x[:, 2] = of[:, 4]
        x[:, 3] = self.now - of[:, 2]
        x[:, 4] = self.now - of[:, 3]
        count, total, last = self.member_sums[member]
        x[:, 5] = count
        x[:, 6] = (total + 5 * 3.5) / (count + 5)
        x[:, 7] = self.now - last
        ofGenres = self.genres[titles] @ self.affinity[member]
        x[:, 8] = (ofGenres[:, 1] + 3 * 3.5) / (ofGenres[:, 0] + 3)
        x[:, 9] = ofGenres[:, 0]
        x[:, 10] = self.history[member].sum()
        x[:, 11] = scores
        x[:, 12] = np.arange(len(titles))
        x[:, OWN_COLUMNS:] = self.genres[titles, : COLUMNS - OWN_COLUMNS]
        return x

    def recommend(self, member, limit):
        titles, scores = self.candidates(member)
        margins = self.trees.predict(self.columns(member, titles, scores), raw_score=True, num_threads=1)
        best = np.argsort(-margins, kind="stable")[:POOL]
        return self.diverse(titles[best], margins[best], min(limit, SHOWN))

    def diverse(self, titles, margins, shown):
        """Maximal marginal relevance by the cosine of genres."""
        spread = margins.max() - margins.min()
        worth = (1 - DIVERSITY) * (margins - margins.min()) / (spread if spread > 0 else 1)
        alike = DIVERSITY * (self.alike[titles] @ self.alike[titles].T)
        nearest = np.zeros(len(titles))
        chosen = []
        for _ in range(min(shown, len(titles))):
            at = int(np.argmax(worth - nearest))
            chosen.append((int(titles[at]), float(margins[at])))
            worth[at] = -np.inf
            np.maximum(nearest, alike[at], out=nearest)
        return chosen

    def open(self, work):
        """Index and trees: read where WORK holds them, else made."""
        self.index = hnswlib.Index("ip", DIMENSIONS)
        self.index.init_index(len(self.ids), M=LINKS, ef_construction=CONSTRUCTION, random_seed=7)
        self.index.add_items(self.vectors, num_threads=1)
        self.index.set_ef(CANDIDATES)
        kept = work / "recommend-trees.txt"
        if not kept.exists():
            self.learn(kept)
        self.trees = lightgbm.Booster(model_file=str(kept))

    def learn(self, kept):
        rows, labels = [], []
        random = np.random.default_rng(7)
        for member in range(len(self.members)):
            liked = np.flatnonzero(self.history[member])
            others = random.integers(0, len(self.ids), CANDIDATES - min(len(liked), 60))
            titles = np.concatenate([random.permutation(liked)[:60], others])
            rows.append(self.columns(member, titles, self.vectors[titles] @ self.user[member]))
            labels.append(self.history[member, titles])
        data = lightgbm.Dataset(np.concatenate(rows), np.concatenate(labels).astype(int), group=[len(one) for one in labels])
        lightgbm.train(TREES, data, 200).save_model(str(kept))


class Wanted(BaseModel):
    model_config = ConfigDict(extra="forbid")
    member: str = Field(min_length=1, max_length=256)
    limit: int = Field(default=10, ge=1, le=100)


class Shown(BaseModel):
    title: str
    name: str
    score: float


class Listed(BaseModel):
    member: str
    variant: str
    degraded: list[str]
    titles: list[Shown]


class Event(BaseModel):
    model_config = ConfigDict(extra="forbid")
    id: str = Field(min_length=1, max_length=256)
    member: str
    title: str
    event: str
    value: float = 1


class Events(BaseModel):
    events: list[Event] = Field(min_length=1, max_length=500)


def serving():
    data, work = (pathlib.Path(os.environ[name]) for name in ("RECOMMEND_DATA", "RECOMMEND_WORK"))
    state = State(data, work)
    state.open(work)
    taken = set()
    app = FastAPI()

    @app.get("/health")
    @app.get("/ready")
    async def health():
        return {"status": "ok"}

    @app.get("/metrics")
    async def metrics():
        return Response(f"heptad_cpu_seconds_total {time.process_time()}\n", media_type="text/plain")

    @app.post("/recommend", response_model=Listed)
    async def recommend(wanted: Wanted):
        listed = state.recommend(state.members[wanted.member], wanted.limit)
        titles = [Shown(title=state.ids[at], name=state.names[at], score=score) for at, score in listed]
        return Listed(member=wanted.member, variant="system", degraded=[], titles=titles)

    @app.post("/events")
    async def events(told: Events):
        for one in told.events:
            if one.id in taken:
                continue
            taken.add(one.id)
            state.take(state.members[one.member], state.titles[one.title], one.value, state.now)
        return {"taken": len(told.events)}

    return app


if __name__ == "__main__":
    data, work, workers = sys.argv[1:]
    os.environ.update(RECOMMEND_DATA=data, RECOMMEND_WORK=work)
    # What is trained is trained before the workers read it.
    State(pathlib.Path(data), pathlib.Path(work)).open(pathlib.Path(work))
    uvicorn.run("recommend_service:serving", factory=True, host="127.0.0.1", port=0, workers=int(workers), access_log=False)
