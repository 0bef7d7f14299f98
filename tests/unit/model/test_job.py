"""Jobs: they tell how far they are, return a result, and leave no trace when closed."""

from annotator.model.job import Job, Progress, run


def count_to(total: int, trace: list[int]) -> Job[int]:
    try:
        for done in range(total):
            yield Progress(done, total)
        trace.append(total)
        return total
    finally:
        trace.append(-1)


def test_run_returns_the_result_and_tells_every_step() -> None:
    told: list[Progress] = []
    assert run(count_to(3, []), told.append) == 3
    assert [one.done for one in told] == [0, 1, 2]


def test_a_closed_job_stops_where_it_is_and_cleans_up() -> None:
    trace: list[int] = []
    job = count_to(3, trace)
    next(job)
    job.close()
    assert trace == [-1]
