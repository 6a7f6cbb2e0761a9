"""YAML that remembers where each key stands, so that an error can name file and line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ruamel.yaml.cyaml import CSafeLoader  # what Rasa reads YAML with
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode


class FileError(ValueError):
    """Something in a data file is wrong; the message says where and how to mend it."""

    def __init__(self, path: Path, line: int, problem: str) -> None:
        super().__init__(f"{path}:{line}: {problem}")


class LinedDict(dict[str, Any]):
    """A mapping with the line of each key, and with the values of keys that stand twice."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[str, int] = {}
        self.repeated: list[tuple[str, Any]] = []


class _Loader(CSafeLoader):
    # Its own copy: Rasa adds a resolver for any first letter (None) to the shared one, upon which
    # ruamel makes the shared lists longer with every value it reads, and each read slower.
    yaml_implicit_resolvers = {  # noqa: RUF012 (that is where ruamel looks)
        first: list(resolvers)
        for first, resolvers in CSafeLoader.yaml_implicit_resolvers.items()
        if first is not None
    }


def _construct_mapping(loader: _Loader, node: MappingNode) -> LinedDict:
    mapping = LinedDict()
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        value = loader.construct_object(value_node, deep=True)
        if key in mapping:
            mapping.repeated.append((key, value))
            continue
        mapping[key] = value
        mapping.lines[key] = key_node.start_mark.line + 1
    return mapping


_Loader.add_constructor("tag:yaml.org,2002:map", _construct_mapping)


def load(path: Path) -> LinedDict:
    """Return the mapping in a YAML file; an empty file is an empty mapping.

    Raises FileError if the file is missing, is not YAML, or holds something else.
    """
    try:
        content = _Loader(path.read_text(encoding="utf-8")).get_single_data()
    except OSError as error:
        raise FileError(path, 0, f"cannot be read ({error.strerror}).") from error
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise FileError(
            path, line, f"is not valid YAML ({error.problem}). Check colons, quotes and indents."
        ) from error
    except (YAMLError, ValueError, TypeError) as error:
        # Such as a day that does not exist, a key that is a list, or bytes that are not UTF-8.
        reason = str(error).splitlines()[0]
        raise FileError(path, 0, f"cannot be read ({reason}). Is it saved as UTF-8?") from error
    if content is None:
        return LinedDict()
    if not isinstance(content, LinedDict):
        raise FileError(path, 1, "must hold 'name: value' lines.")
    return content
