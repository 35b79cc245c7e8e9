// A contiguous array of plain values that grows without initialising them: a column of the store.
//
// Unlike std::vector, resizing does not write: a column's rows are written once, by those who own them. Large columns
// ask for huge pages, so that touching fresh memory costs few page faults, and reading here and there few look-ups.
#pragma once

#include <clade/core/language_standard.hpp>

#include <cstddef>
#include <cstring>
#include <limits>
#include <memory>
#include <new>
#include <span>
#include <type_traits>
#include <utility>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace clade {

template <class T>
class Column {
    static_assert(std::is_trivially_copyable_v<T>);

public:
    Column() = default;
    Column(const Column& other) { *this = other; }
    Column(Column&& other) noexcept { swap(other); }
    Column& operator=(Column&& other) noexcept {
        swap(other);
        return *this;
    }
    Column& operator=(const Column& other) {
        if (this == &other) return *this;
        resize(other.size_);
        if (size_ != 0) std::memcpy(data_.get(), other.data_.get(), size_ * sizeof(T));
        return *this;
    }
    ~Column() = default;

    /// Keeps the first min(size(), count) values; the rest are unspecified. Allocates only beyond the capacity.
    void resize(std::size_t count) {
        reserve(count);
        size_ = count;
    }

    void reserve(std::size_t count) {
        if (count <= capacity_) return;
        const std::size_t grown = whole_pages(count > capacity_ + capacity_ / 2 ? count : capacity_ + capacity_ / 2);
        Memory bigger = allocate(grown);
        if (size_ != 0) std::memcpy(bigger.get(), data_.get(), size_ * sizeof(T));
        data_ = std::move(bigger);
        capacity_ = grown;
    }

    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] std::size_t capacity() const noexcept { return capacity_; }
    [[nodiscard]] T* data() noexcept { return data_.get(); }
    [[nodiscard]] const T* data() const noexcept { return data_.get(); }
    [[nodiscard]] std::span<T> span() noexcept { return {data_.get(), size_}; }
    [[nodiscard]] std::span<const T> span() const noexcept { return {data_.get(), size_}; }
    T& operator[](std::size_t row) noexcept { return data_.get()[row]; }
    const T& operator[](std::size_t row) const noexcept { return data_.get()[row]; }

private:
    static constexpr std::size_t huge_page = std::size_t{2} << 20;

    /// Gives memory back with the alignment that it was asked for with.
    struct Free {
        std::align_val_t alignment{};
        void operator()(T* data) const noexcept { ::operator delete(data, alignment); }
    };
    using Memory = std::unique_ptr<T, Free>;

    static constexpr std::size_t most_bytes = std::numeric_limits<std::ptrdiff_t>::max();

    /// At most `most_bytes`: no memory holds them, so asking for them throws. (Of more, operator new loses count as it
    /// rounds them up to the alignment.)
    static constexpr std::size_t bytes_of(std::size_t count) noexcept {
        return count <= most_bytes / sizeof(T) ? count * sizeof(T) : most_bytes;
    }

    static constexpr bool is_large(std::size_t bytes) noexcept { return bytes >= huge_page / 2; }

    /// As many values as fill the huge pages that `count` of them need; `count` itself if those are few.
    static constexpr std::size_t whole_pages(std::size_t count) noexcept {
        const std::size_t bytes = bytes_of(count);
        if (!is_large(bytes) || bytes > most_bytes - huge_page) return count;
        return (bytes + huge_page - 1) / huge_page * huge_page / sizeof(T);
    }

    static Memory allocate(std::size_t count) {
        const std::size_t bytes = bytes_of(count);
        // Cache lines serve the vector kernels; a large column begins with a huge page.
        const bool large = is_large(bytes);
        const std::align_val_t alignment{large ? huge_page : std::size_t{64}};
        Memory memory(static_cast<T*>(::operator new(bytes, alignment)), {alignment});
#if defined(__linux__)
        // Only advice: where it is refused, small pages serve as well.
        if (large) (void)::madvise(memory.get(), bytes, MADV_HUGEPAGE);
#endif
        return memory;
    }

    void swap(Column& other) noexcept {
        std::swap(data_, other.data_);
        std::swap(size_, other.size_);
        std::swap(capacity_, other.capacity_);
    }

    Memory data_;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

}  // namespace clade
