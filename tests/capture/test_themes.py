import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from capture.encoding.embed import Embedder
from capture.theming.themes import Discovery, FoundTheme, discover
from tests.capture.spoken import Spoken, spoken_sample


@pytest.fixture(scope="module")
def spoken(embedder: Embedder) -> Spoken:
    return spoken_sample(embedder)


@pytest.fixture(scope="module")
def found(spoken: Spoken) -> Discovery:
    return spoken.discover()


def themes_of(found: Discovery) -> list[FoundTheme]:
    return [theme for granularity in found.granularities for theme in granularity.themes]


def own_theme(found: Discovery, level: int, count: int) -> list[int]:
    """The theme each segment belongs to most, -1 for none."""
    own, best = [-1] * count, [0.0] * count
    for number, theme in enumerate(found.granularities[level].themes):
        for member in theme.members:
            if member.strength > best[member.index]:
                own[member.index], best[member.index] = number, member.strength
    return own


def test_the_sample_study_gives_eight_or_more_themes_at_every_granularity(found):
    assert [granularity.name for granularity in found.granularities] == ["coarse", "middle", "fine"]
    counts = [len(granularity.themes) for granularity in found.granularities]
    assert 8 <= counts[0] <= counts[1] <= counts[2]


def test_no_theme_holds_a_third_of_the_text(spoken, found):
    words = np.array([len(text.split()) for text in spoken.texts])
    total = words[spoken.fitted].sum()
    for theme in themes_of(found):
        assert sum(words[member.index] for member in theme.members) < total / 3


def test_at_most_a_tenth_of_the_text_is_left_unthemed(spoken, found):
    assert found.unthemed <= 0.1 * spoken.fitted.sum()
    for level in range(3):
        own = np.array(own_theme(found, level, len(spoken.texts)))
        assert (own[spoken.fitted] < 0).sum() == found.unthemed


def test_granularities_are_nested_exactly(spoken, found):
    coarse, middle, fine = (own_theme(found, level, len(spoken.texts)) for level in range(3))
    for inner, outer in ((fine, middle), (middle, coarse)):
        holds = dict(zip(inner, outer, strict=True))
        assert [holds[theme] for theme in inner] == outer
    for inner_level, outer_level in ((2, 1), (1, 0)):
        outer_sets = [
            {member.index for member in theme.members}
            for theme in found.granularities[outer_level].themes
        ]
        for theme in found.granularities[inner_level].themes:
            members = {member.index for member in theme.members}
            assert any(members <= outer for outer in outer_sets)


def test_the_same_segments_in_another_order_give_the_same_themes(spoken, found):
    order = np.random.default_rng(7).permutation(len(spoken.texts))
    again = spoken.discover(order)

    def told(discovery: Discovery, place: np.ndarray) -> list[tuple[str, set[tuple[int, float]]]]:
        return [
            (theme.label, {(int(place[m.index]), m.strength) for m in theme.members})
            for theme in themes_of(discovery)
        ]

    assert told(again, order) == told(found, np.arange(len(order)))


def test_what_was_said_twice_keeps_to_its_place_in_any_order(spoken):
    again = list(range(0, 40, 2))
    twice = Spoken(
        [*spoken.texts, *(spoken.texts[i] for i in again)],
        np.vstack([spoken.vectors, spoken.vectors[again]]),
        [*spoken.transcripts, *(spoken.transcripts[i] for i in again)],
        [*spoken.participants, *(spoken.participants[i] for i in again)],
        np.append(spoken.fitted, spoken.fitted[again]),
        [*spoken.places, *(spoken.places[i] + 3 for i in again)],
    )
    order = np.random.default_rng(8).permutation(len(twice.texts))
    straight, mixed = twice.discover(), twice.discover(order)
    for here, there in zip(themes_of(straight), themes_of(mixed), strict=True):
        members = {(m.index, m.strength) for m in here.members}
        assert {(int(order[m.index]), m.strength) for m in there.members} == members


def test_renaming_transcripts_changes_no_theme(spoken, found):
    renamed = Spoken(
        spoken.texts,
        spoken.vectors,
        [f"{len(name)}-{name[::-1]}" for name in spoken.transcripts],
        spoken.participants,
        spoken.fitted,
        spoken.places,
    )
    again = renamed.discover()
    assert [t.members for t in themes_of(again)] == [t.members for t in themes_of(found)]


def test_another_seed_gives_nearly_the_same_themes(spoken, found):
    again = spoken.discover(seed=1)
    for level in (1, 2):
        here, there = (own_theme(one, level, len(spoken.texts)) for one in (found, again))
        assert adjusted_rand_score(here, there) >= 0.6


def test_a_question_and_a_back_channel_form_no_theme_and_are_in_none(spoken, found):
    asked = [i for i in range(len(spoken.texts)) if not spoken.fitted[i]]
    own = own_theme(found, 1, len(spoken.texts))
    assert np.mean([own[i] >= 0 for i in asked]) < 0.05


def test_what_is_kept_out_of_fitting_is_in_no_theme_unless_it_copies_a_member(spoken, found):
    members = {member.index for theme in themes_of(found) for member in theme.members}
    for index in members - set(np.flatnonzero(spoken.fitted)):
        assert (spoken.vectors[spoken.fitted] @ spoken.vectors[index]).max() >= 0.97


def test_a_copy_kept_out_of_fitting_shares_the_theme_of_its_original(spoken, found):
    original = found.granularities[1].themes[0].exemplars[0]
    with_copy = Spoken(
        [*spoken.texts, spoken.texts[original]],
        np.vstack([spoken.vectors, spoken.vectors[original]]),
        [*spoken.transcripts, "another"],
        [*spoken.participants, "another"],
        np.append(spoken.fitted, False),
        [*spoken.places, 0],
    )
    again = with_copy.discover()
    holding = [
        {member.index for member in theme.members} & {original, len(spoken.texts)}
        for theme in again.granularities[1].themes
    ]
    assert {original, len(spoken.texts)} in holding
    assert {original} not in holding


def test_what_may_not_be_a_copy_is_in_no_theme_whatever_it_says(spoken, found):
    original = found.granularities[1].themes[0].exemplars[0]
    with_echo = Spoken(
        [*spoken.texts, spoken.texts[original]],
        np.vstack([spoken.vectors, spoken.vectors[original]]),
        [*spoken.transcripts, spoken.transcripts[original]],
        [*spoken.participants, "another"],
        np.append(spoken.fitted, False),
        [*spoken.places, spoken.places[-1] + 1],
    )
    again = with_echo.discover(copies=np.append(~spoken.fitted, False))
    assert len(spoken.texts) not in {m.index for theme in themes_of(again) for m in theme.members}


def test_strengths_lie_between_zero_and_one_and_some_segments_are_in_several_themes(found):
    for granularity in found.granularities:
        strengths = [m.strength for theme in granularity.themes for m in theme.members]
        assert all(0 < strength <= 1 for strength in strengths)
    middle = [m.index for theme in found.granularities[1].themes for m in theme.members]
    assert len(middle) > len(set(middle))


def test_exemplars_come_from_different_participants_and_one_stands_at_the_edge(spoken, found):
    for theme in themes_of(found):
        assert 3 <= len(theme.exemplars) <= 5
        speakers = [spoken.participants[i] for i in theme.exemplars]
        assert len(set(speakers)) >= min(len(speakers), theme.participants, 3)
        assert theme.edge not in theme.exemplars
        members = {member.index for member in theme.members}
        assert {*theme.exemplars, theme.edge} - {None} <= members


def test_each_theme_says_in_how_many_re_runs_it_was_found(found):
    assert {theme.reruns for theme in themes_of(found)} == {10}
    assert all(1 <= theme.found_in <= 10 for theme in themes_of(found))
    middle = [theme.found_in for theme in found.granularities[1].themes]
    assert np.mean(middle) >= 5
    assert max(theme.found_in for theme in themes_of(found)) >= 8


def test_labels_differ_and_their_phrases_are_said_in_several_transcripts(spoken, found):
    for granularity in found.granularities:
        assert len({theme.label for theme in granularity.themes}) == len(granularity.themes)
        for theme in granularity.themes:
            for phrase in theme.keyphrases[:1]:
                saying = {
                    spoken.transcripts[m.index]
                    for m in theme.members
                    if all(
                        word.lower() in spoken.texts[m.index].lower().replace("’", "'")
                        for word in phrase.split()
                    )
                }
                assert len(saying) >= min(2, theme.transcripts)


def test_no_label_is_made_of_numbers_verbs_or_adjectives(found):
    words = {
        word.lower()
        for granularity in found.granularities[:2]
        for theme in granularity.themes
        for phrase in theme.keyphrases
        for word in phrase.split()[-1:]
    }
    assert {"caseload", "recording", "school"} <= words
    assert not words & {"lovely", "true", "late", "drove", "sat", "agreed", "sixteen", "told"}
    assert all(" " in theme.label for theme in themes_of(found))
    assert all(" · " in theme.label for theme in found.granularities[0].themes)


def test_progress_is_told_step_by_step_to_the_end(spoken):
    heard: list[tuple[int, int]] = []
    discover(
        spoken.texts,
        spoken.vectors,
        spoken.transcripts,
        spoken.participants,
        progress=lambda done, total: heard.append((done, total)),
    )
    assert [done for done, _ in heard] == list(range(1, 13))
    assert {total for _, total in heard} == {12}


def test_a_theme_of_one_talkative_person_is_flagged_and_does_not_own_the_map(spoken):
    alone = discover(spoken.texts[:60], spoken.vectors[:60], ["one"] * 60, ["one"] * 60)
    assert all(theme.single_source for theme in themes_of(alone))
    assert "one transcript" in alone.sentence


@pytest.mark.parametrize("count", [0, 1, 2, 5])
def test_too_little_text_gives_no_theme_and_says_so(spoken, count):
    chosen = np.flatnonzero(spoken.fitted)[:count]
    found = discover(
        [spoken.texts[i] for i in chosen], spoken.vectors[chosen], ["t"] * count, ["p"] * count
    )
    assert found.granularities == ()
    assert found.unthemed == count
    assert "too little" in found.sentence.lower() or "no text" in found.sentence


@pytest.mark.parametrize("count", [20, 60, 100])
def test_little_text_gives_themes_marked_as_hints(spoken, count):
    chosen = np.flatnonzero(spoken.fitted)[:count]
    found = discover(
        [spoken.texts[i] for i in chosen],
        spoken.vectors[chosen],
        [spoken.transcripts[i] for i in chosen],
        [spoken.participants[i] for i in chosen],
    )
    assert len(found.granularities) == 3
    assert "hints" in found.sentence


def test_the_same_text_many_times_over_is_not_a_theme(spoken):
    text = "They came to the house every week and asked what mattered."
    found = discover(
        [text] * 200, np.repeat(spoken.vectors[:1], 200, axis=0), ["a"] * 200, ["b"] * 200
    )
    assert found.granularities == ()
    assert "do not repeat" in found.sentence


def test_another_language_and_script_are_grouped_too(embedder):
    said = [
        "Il gruppo di ascolto ci ha dato tempo per pensare",
        "我们每个星期都和家庭见面谈谈他们的生活",
        "Die Finanzierung endet im nächsten Frühjahr",
        "Les réunions du matin sont trop longues pour nous",
    ]
    ways = ["davvero", "每天", "wirklich", "toujours", "sempre", "从来", "niemals", "jamais"]
    texts = [f"{one} {way} {way}{n}" for n, way in enumerate(ways) for one in said]
    keys = [str(n % 7) for n in range(len(texts))]
    found = discover(texts, embedder.encode(texts), keys, keys)
    assert found.sentence
    assert found.granularities


def test_vectors_of_nothing_but_zeros_do_not_stop_it(spoken):
    chosen = np.flatnonzero(spoken.fitted)[:80]
    zeros = np.zeros((80, 384), dtype=np.float32)
    keys = [spoken.transcripts[i] for i in chosen]
    assert discover([spoken.texts[i] for i in chosen], zeros, keys, keys).granularities
